package io.github.jvbwhip.http.pages;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.config.FrameAncestors;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that is served, by its path; made once. Immutable. */
final class Pages {
  static final String EMBED = "/embed/";

  private static final String ASSETS = "assets";

  /** The elements' API has its version in their URL: sites of others name it. */
  private static final String ELEMENTS = "elements/v1";

  /** As the WebJar has it; the version is that of the parent's POM, or nothing starts. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Pattern PRELOAD = Pattern.compile("( *)\\{\\{preload}}\n?");

  private final Map<String, Page> pages = new HashMap<>();
  private final Page embeddedStage;
  private final Page embeddedStream;

  /**
   * @param ancestors whose pages may have the embedded player in a frame
   * @param status whether the operator's page is there
   */
  Pages(FrameAncestors ancestors, boolean status) {
    PageFiles files = new PageFiles();
    files.folder(ASSETS).forEach((name, content) -> add(ASSETS, name, Policy.OWN, content));
    files.folder(ELEMENTS).forEach((name, content) -> add(ELEMENTS, name, Policy.SHARED, content));
    add(ELEMENTS, "uplot.js", Policy.SHARED, PageFiles.bytes(UPLOT + "uPlot.esm.js"));
    add(ELEMENTS, "uplot.css", Policy.SHARED, PageFiles.bytes(UPLOT + "uPlot.min.css"));
    Map<String, String> sources = new HashMap<>();
    pages.forEach(
        (path, page) ->
            sources.put(path, new String(page.plain().content(), StandardCharsets.UTF_8)));
    Modules modules = new Modules(sources);
    String layout = PageFiles.text("layout.html");
    for (String title :
        status
            ? List.of("Rooms", "Publish", "Watch", "Status")
            : List.of("Rooms", "Publish", "Watch")) {
      String name = title.toLowerCase(Locale.ROOT);
      String path = name.equals("rooms") ? "/" : "/" + name;
      pages.put(path, page(path, "", inLayout(layout, title, name), Policy.OWN, modules));
    }
    String embed = PageFiles.text("embed.html");
    Map<String, String> policy = Policy.framedBy(ancestors);
    embeddedStage = page(EMBED + "room", "../", embed, policy, modules);
    embeddedStream = page(EMBED + "room/stream", "../../", embed, policy, modules);
  }

  private void add(String folder, String name, Map<String, String> policy, byte[] content) {
    String path = "/" + folder + "/" + name;
    if (pages.put(path, Page.of(name, policy, content)) != null) {
      throw new IllegalStateException("there are two files for " + path);
    }
  }

  /** A page is its own part in the layout of all; the menu marks where it is. */
  private static String inLayout(String layout, String title, String name) {
    return layout
        .replace(">" + title + "</a>", " aria-current=\"page\">" + title + "</a>")
        .replace("{{title}}", title)
        .replace("{{script}}", name + ".js")
        .replace("{{main}}", PageFiles.text(name + ".html"));
  }

  /**
   * Fills in what depends on where the page is.
   *
   * @param root the way from the page to the root of all, such as {@code ../}: a proxy may have put
   *     them below a prefix, which nobody here knows
   */
  private static Page page(
      String path, String root, String html, Map<String, String> policy, Modules modules) {
    String rooted = html.replace("{{root}}", root);
    List<String> imported = modules.importedBy(path, rooted);
    String complete =
        PRELOAD
            .matcher(rooted)
            .replaceAll(at -> Matcher.quoteReplacement(preload(at.group(1), root, imported)));
    return Page.of("page.html", policy, complete.getBytes(StandardCharsets.UTF_8));
  }

  private static String preload(String indent, String root, List<String> modules) {
    return modules.stream()
        .map(path -> root + path.substring(1))
        .map(href -> indent + "<link rel=\"modulepreload\" href=\"" + href + "\" />\n")
        .collect(Collectors.joining());
  }

  /**
   * What is at a path.
   *
   * @param path decoded, without parameters; {@code /} for the root
   */
  Optional<Page> at(String path) {
    return path.startsWith(EMBED)
        ? embedded(path.substring(EMBED.length()).split("/", -1))
        : Optional.ofNullable(pages.get(path));
  }

  /** The same for all rooms, whether they exist or not; its script reads the names in its URL. */
  private Optional<Page> embedded(String[] names) {
    if (names.length > 2 || RoomName.of(names[0]).isEmpty()) {
      return Optional.empty();
    }
    if (names.length == 1) {
      return Optional.of(embeddedStage);
    }
    // A slash at the end is no stream's name: it would change what is relative to the page.
    return StreamName.of(names[1]).map(name -> embeddedStream);
  }
}
