package io.github.jvbwhip.http.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The field {@code Via} (RFC 9110 §7.6.3), of which edges are read: by it they find out that they
 * are their own origin. Proxies that stand there too are passed over. Pure functions.
 */
public final class ViaField {
  /** The field's name. */
  public static final String NAME = "Via";

  /** As many edges are read; more one behind the other make no sense. */
  public static final int MOST = 32;

  private static final int MOST_CHARACTERS = 4096;

  private static final Pattern EDGE = Pattern.compile("(?:HTTP/)?[0-9.]+ +(edge-[0-9a-f]{16}) *");

  private ViaField() {}

  /** The ids of edges in these values of the field, in order, each once. */
  public static List<String> edges(List<String> values) {
    List<String> edges = new ArrayList<>();
    for (String value : values) {
      String read = value.substring(0, Math.min(value.length(), MOST_CHARACTERS));
      for (String part : read.split(",", -1)) {
        var edge = EDGE.matcher(part.strip());
        if (edge.matches() && !edges.contains(edge.group(1)) && edges.size() < MOST) {
          edges.add(edge.group(1));
        }
      }
    }
    return List.copyOf(edges);
  }

  /** The value that names them. */
  public static String of(List<String> edges) {
    return edges.stream().map(edge -> "1.1 " + edge).collect(Collectors.joining(", "));
  }
}
