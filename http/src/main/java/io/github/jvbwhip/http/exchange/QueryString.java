package io.github.jvbwhip.http.exchange;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads query strings without touching the body, as the servlet API's parameters would. */
public final class QueryString {
  private QueryString() {}

  /** The value of that parameter, or of the first of several. */
  public static Optional<String> parameter(Optional<String> query, String name) {
    if (query.isEmpty()) {
      return Optional.empty();
    }
    for (String pair : query.get().split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (key.equals(name)) {
        return Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return Optional.empty();
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
