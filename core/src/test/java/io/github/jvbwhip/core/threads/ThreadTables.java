package io.github.jvbwhip.core.threads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of threads that docs/concurrency.md lists: what stands between backticks in the first
 * column of each table that begins with "thread" or "threads". There, {@code -n} is a number,
 * {@code <...>} something, and {@code ...} or {@code *} anything.
 */
final class ThreadTables {
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern WILD = Pattern.compile("<[^>]*>|\\.\\.\\.|\\*|-n\\b");

  private final List<Pattern> patterns;

  private ThreadTables(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /** Those of the document itself, which is found from any module's directory. */
  static ThreadTables ofDocument() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path document = at.resolve("docs/concurrency.md");
      if (Files.exists(document)) {
        try {
          return parse(Files.readAllLines(document));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException("no docs/concurrency.md above " + Path.of("").toAbsolutePath());
  }

  static ThreadTables parse(List<String> lines) {
    List<Pattern> patterns = new ArrayList<>();
    boolean inTable = false;
    for (String line : lines) {
      if (!line.startsWith("|")) {
        inTable = false;
        continue;
      }
      String first = line.split("\\|", 3)[1].strip();
      if (first.equals("thread") || first.equals("threads")) {
        inTable = true;
      } else if (inTable) {
        NAME.matcher(first).results().forEach(name -> patterns.add(pattern(name.group(1))));
      }
    }
    return new ThreadTables(patterns);
  }

  private static Pattern pattern(String name) {
    StringBuilder regex = new StringBuilder();
    Matcher wild = WILD.matcher(name);
    int from = 0;
    while (wild.find()) {
      regex.append(Pattern.quote(name.substring(from, wild.start())));
      regex.append(
          switch (wild.group().charAt(0)) {
            case '-' -> "-\\d+";
            case '<' -> ".+";
            default -> ".*";
          });
      from = wild.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(name.substring(from))).toString());
  }

  boolean list(String thread) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(thread).matches());
  }
}
