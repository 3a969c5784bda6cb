package io.github.jvbwhip.http.pages;

import static io.github.jvbwhip.http.pages.PagesServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages, modules and style sheets load. */
class PageLoadsTest {
  private static final URI ROOT = URI.create("http://pages/");

  private static final List<String> PAGES =
      List.of("/", "/publish", "/watch", "/embed/room", "/embed/room/stream");

  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?://|/?\\*).*$");
  private static final Pattern STATIC =
      Pattern.compile("(?:\\bfrom|\\bimport)\\s*['\"](\\.[^'\"]+)['\"]");
  private static final List<Pattern> OF_MODULES =
      List.of(
          STATIC,
          Pattern.compile("\\bimport\\(\\s*['\"](\\.[^'\"]+)['\"]"),
          Pattern.compile("new URL\\(\\s*['\"](\\.[^'\"]+\\.[a-z]+)['\"]\\s*,\\s*import\\.meta"));
  private static final List<Pattern> OF_STYLES =
      List.of(
          Pattern.compile("url\\(\\s*['\"]?(?!data:|#)([^'\")]+)"),
          Pattern.compile("@import\\s+['\"]([^'\"]+)['\"]"));
  private static final List<Pattern> OF_PAGES =
      List.of(
          Pattern.compile(
              "<(?:script|link|img|video|audio|source)\\b[^>]*?\\b(?:src|href|poster)=\"([^\"]+)\""));
  private static final Pattern SCRIPT = Pattern.compile("<script\\b[^>]*?\\bsrc=\"([^\"]+)\"");
  private static final Pattern PRELOAD =
      Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\"");

  private final PagesServer server = new PagesServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static List<String> references(String from, String text, List<Pattern> patterns) {
    List<String> found = new ArrayList<>();
    for (Pattern pattern : patterns) {
      pattern
          .matcher(text)
          .results()
          .forEach(result -> found.add(ROOT.resolve(from).resolve(result.group(1)).getPath()));
    }
    return found;
  }

  private static List<String> references(String path, HttpResponse<String> response) {
    String type = header(response, "content-type").split(";", 2)[0];
    return switch (type) {
      case "text/html" -> references(path, response.body(), OF_PAGES);
      case "text/css" -> references(path, response.body(), OF_STYLES);
      case "text/javascript" ->
          references(path, COMMENT.matcher(response.body()).replaceAll(""), OF_MODULES);
      default -> List.of();
    };
  }

  @Test
  void everything_that_anything_loads_imports_or_names_is_served() throws Exception {
    Deque<String> open = new ArrayDeque<>(PAGES);
    for (String folder : List.of("assets", "elements/v1")) {
      new PageFiles().folder(folder).keySet().forEach(name -> open.add("/" + folder + "/" + name));
    }
    Set<String> known = new LinkedHashSet<>(open);
    while (!open.isEmpty()) {
      String path = open.remove();
      HttpResponse<String> response = server.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      for (String reference : references(path, response)) {
        if (known.add(reference)) {
          open.add(reference);
        }
      }
    }
    assertThat(known).contains("/assets/style.css", "/elements/v1/whep-player.js");
  }

  /** A module and all that it imports, transitively, before it runs. */
  private Set<String> withImports(List<String> modules) throws Exception {
    Deque<String> open = new ArrayDeque<>(modules);
    Set<String> known = new LinkedHashSet<>(modules);
    while (!open.isEmpty()) {
      String path = open.remove();
      String source = COMMENT.matcher(server.get(path).body()).replaceAll("");
      for (String imported : references(path, source, List.of(STATIC))) {
        if (known.add(imported)) {
          open.add(imported);
        }
      }
    }
    return known;
  }

  @Test
  void the_modules_of_a_page_come_without_a_chain_of_round_trips() throws Exception {
    for (String page : PAGES) {
      String html = server.get(page).body();
      List<String> scripts = references(page, html, List.of(SCRIPT));
      Set<String> needed = withImports(scripts);
      needed.removeAll(scripts);

      assertThat(scripts).as(page).isNotEmpty();
      assertThat(references(page, html, List.of(PRELOAD)))
          .as(page)
          .containsExactlyInAnyOrderElementsOf(needed);
      assertThat(html.lastIndexOf("modulepreload")).as(page).isLessThan(html.indexOf("<script"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"whep-player", "whip-publisher"})
  void an_element_with_all_that_it_imports_is_less_than_40_kB(String element) throws Exception {
    int bytes = 0;
    for (String module : withImports(List.of("/elements/v1/" + element + ".js"))) {
      bytes += server.getCompressed(module).body().length;
    }
    assertThat(bytes).isPositive().isLessThan(40_000);
  }
}
