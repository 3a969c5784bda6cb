package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ElementTab;

/** Pages of others: one script of the server, one element, and the ears of the tests. */
final class Site {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <title>My broadcast</title>
      <script>%s</script>
      <script type="module" src="%selements/v1/%s.js"></script>
      <%3$s src="%4$s" %5$s></%3$s>
      <script>{ %6$s }</script>
      """;

  private Site() {}

  /**
   * A page with a player.
   *
   * @param source the attribute {@code src}
   * @param script what it does with {@code player}, the element, before that is defined
   */
  static String player(ServerUnderTest server, Object source, String script) {
    return page(server, "whep-player", source, "autoplay muted controls", script);
  }

  /** The same with a publisher of the test pattern, which somebody has to start. */
  static String publisher(ServerUnderTest server, Object source, String script) {
    return page(server, "whip-publisher", source, "source=\"pattern\" height=\"360\"", script);
  }

  private static String page(
      ServerUnderTest server, String element, Object source, String attributes, String script) {
    return PAGE.formatted(
        ElementTab.hearing(),
        server.uri(),
        element,
        source,
        attributes,
        script.isEmpty() ? "" : "const player = " + ElementTab.ELEMENT + "; " + script);
  }
}
