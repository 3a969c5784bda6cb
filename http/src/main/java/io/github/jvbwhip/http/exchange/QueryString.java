package io.github.jvbwhip.http.exchange;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads query strings without touching the body, as the servlet API's parameters would. */
public final class QueryString {
  private QueryString() {}

  /** The value of that parameter, or of the first of several. */
  public static Optional<String> parameter(Optional<String> query, String name) {
    return parameters(query, name).stream().findFirst();
  }

  /** All values of that parameter. */
  static List<String> parameters(Optional<String> query, String name) {
    List<String> values = new ArrayList<>();
    if (query.isEmpty()) {
      return values;
    }
    for (String pair : query.get().split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (key.equals(name)) {
        values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A broken percent sign: the text itself is the best reading of it.
      return value;
    }
  }
}
