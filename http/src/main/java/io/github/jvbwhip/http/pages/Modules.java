package io.github.jvbwhip.http.pages;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which modules (ECMAScript) import which. Without being told, a browser learns of each only when
 * it has read the one before: a round trip for each step of the chain.
 */
final class Modules {
  /** Those that begin a statement, and are relative: {@code import()} is asked for when needed. */
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?:^|;)[ \\t]*(?:import|export)\\b(?:[\\w$\\s{},*]+?\\bfrom)?\\s*"
              + "(?<quote>['\"])(?<path>\\.\\.?/[^'\"\\n]+)\\k<quote>",
          Pattern.MULTILINE);

  private static final Pattern SCRIPT = Pattern.compile("<script\\b[^>]*>");

  private static final Pattern SRC = Pattern.compile("\\bsrc=\"(?<path>[^\"]+)\"");

  private final Map<String, String> sources;

  /**
   * @param sources what is served, by its path
   */
  Modules(Map<String, String> sources) {
    this.sources = Map.copyOf(sources);
  }

  /**
   * What a page's scripts import, and what that imports in turn.
   *
   * @param path where the page is
   * @return paths, each once, without those of the scripts themselves
   * @throws IllegalStateException when something is imported that is not there
   */
  List<String> importedBy(String path, String html) {
    Set<String> found = new LinkedHashSet<>(scripts(path, html));
    int scripts = found.size();
    List<String> modules = new ArrayList<>(found);
    for (int i = 0; i < modules.size(); i++) {
      for (String imported : imports(modules.get(i))) {
        if (found.add(imported)) {
          modules.add(imported);
        }
      }
    }
    return List.copyOf(modules.subList(scripts, modules.size()));
  }

  private static List<String> scripts(String path, String html) {
    List<String> scripts = new ArrayList<>();
    Matcher script = SCRIPT.matcher(html);
    while (script.find()) {
      Matcher src = SRC.matcher(script.group());
      if (script.group().contains("type=\"module\"") && src.find()) {
        scripts.add(resolve(path, src.group("path")));
      }
    }
    return scripts;
  }

  /** What one module imports itself. */
  private List<String> imports(String module) {
    String source = sources.get(module);
    if (source == null) {
      throw new IllegalStateException("the pages need " + module + ", which is not there");
    }
    List<String> imports = new ArrayList<>();
    Matcher statement = IMPORT.matcher(source);
    while (statement.find()) {
      imports.add(resolve(module, statement.group("path")));
    }
    return imports;
  }

  private static String resolve(String from, String reference) {
    return URI.create("http://pages" + from).resolve(reference).getPath();
  }
}
