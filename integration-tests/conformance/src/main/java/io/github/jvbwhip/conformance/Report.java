package io.github.jvbwhip.conformance;

import io.github.jvbwhip.conformance.Result.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as text. */
public final class Report {
  private Report() {}

  /** One row of the table, and below it what is to be said of it. */
  public static String row(Result result) {
    Requirement requirement = result.requirement();
    String row =
        "%-7s  %-6s  %-28s  %s%n"
            .formatted(
                result.status() == Status.PASS
                    ? "pass"
                    : result.status().name().toLowerCase(Locale.ROOT),
                requirement.level(),
                requirement.id(),
                requirement.sentence() + " [" + requirement.section() + "]");
    return result.detail().isEmpty() ? row : row + "         " + result.detail() + "\n";
  }

  /** How many of each level passed, failed and were skipped. */
  public static String summary(List<Result> results) {
    StringBuilder text = new StringBuilder();
    for (Level level : Level.values()) {
      text.append("%-6s".formatted(level));
      for (Status status : Status.values()) {
        long count =
            results.stream()
                .filter(r -> r.requirement().level() == level && r.status() == status)
                .count();
        text.append("  %3d %s".formatted(count, status.name().toLowerCase(Locale.ROOT)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** What it comes to, in one line. */
  public static String verdict(List<Result> results) {
    String broken = failed(results, Level.MUST);
    if (!broken.isEmpty()) {
      return "Does not conform: it breaks " + broken + ".";
    }
    long kept =
        results.stream()
            .filter(r -> r.requirement().level() == Level.MUST && r.status() == Status.PASS)
            .count();
    if (kept == 0) {
      return "Nothing can be said: no MUST was checked.";
    }
    String advised = failed(results, Level.SHOULD);
    return "Conforms, as far as it was checked: no MUST is broken"
        + (advised.isEmpty() ? "." : "; of the SHOULDs: " + advised + ".");
  }

  /** The ids of those that failed. */
  private static String failed(List<Result> results, Level level) {
    return results.stream()
        .filter(result -> result.fails(level))
        .map(result -> result.requirement().id())
        .collect(Collectors.joining(", "));
  }

  /** All requirements as Markdown tables, one for each group. */
  public static String markdown(List<Requirement> requirements) {
    StringBuilder text = new StringBuilder();
    String group = "";
    for (Requirement requirement : requirements) {
      if (!requirement.group().equals(group)) {
        group = requirement.group();
        text.append("\n### ").append(group).append("\n\n");
        text.append("| id | level | requirement | section |\n|---|---|---|---|\n");
      }
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  requirement.id(),
                  requirement.level(),
                  requirement.sentence().replace("|", "\\|"),
                  requirement.section()));
    }
    return text.substring(1);
  }

  /** Writes the results in the form that JUnit made common. */
  public static void writeJunit(List<Result> results, Path file) {
    List<String> lines = new ArrayList<>();
    long failed = results.stream().filter(r -> r.status() == Status.FAIL).count();
    long skipped = results.stream().filter(r -> r.status() == Status.SKIPPED).count();
    lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    lines.add(
        "<testsuite name=\"WHIP and WHEP conformance\" tests=\"%d\" failures=\"%d\" skipped=\"%d\">"
            .formatted(results.size(), failed, skipped));
    results.forEach(result -> lines.add(testCase(result)));
    lines.add("</testsuite>");
    try {
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String testCase(Result result) {
    Requirement requirement = result.requirement();
    String open =
        "  <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
            .formatted(
                escape(requirement.group()),
                escape(requirement.id()),
                result.took().toMillis() / 1000.0);
    String message = escape(requirement.level() + ": " + result.detail());
    return switch (result.status()) {
      case PASS -> open + "/>";
      case FAIL -> open + "><failure message=\"" + message + "\"/></testcase>";
      case SKIPPED -> open + "><skipped message=\"" + message + "\"/></testcase>";
    };
  }

  /** For attribute values; what XML does not allow at all is left out. */
  private static String escape(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;");
  }
}
