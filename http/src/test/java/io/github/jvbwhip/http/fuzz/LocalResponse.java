package io.github.jvbwhip.http.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A response, taken apart.
 *
 * @param headers by name in lower case
 */
public record LocalResponse(int status, Map<String, List<String>> headers, String body) {

  static LocalResponse of(String text) {
    int blank = text.indexOf("\r\n\r\n");
    List<String> lines = text.substring(0, blank).lines().toList();
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new LocalResponse(
        Integer.parseInt(lines.get(0).split(" ")[1]), headers, text.substring(blank + 4));
  }

  /** The first field of that name. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }
}
