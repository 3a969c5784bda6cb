package io.github.jvbwhip.http.pages;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What requests say of the representations that they take, or have. What is malformed says nothing.
 */
final class ContentNegotiation {
  private static final Pattern CODING =
      Pattern.compile(
          "\\s*(?<name>[^\\s;]+)\\s*(?:;\\s*[qQ]=(?<weight>0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*)?");

  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  private ContentNegotiation() {}

  /**
   * Whether gzip is taken, and not less liked than none (RFC 9110 §12.5.3).
   *
   * @param acceptEncoding the values of the header fields
   */
  static boolean takesGzip(Enumeration<String> acceptEncoding) {
    Map<String, Double> weights = new HashMap<>();
    for (String element : joined(acceptEncoding).split(",", -1)) {
      Matcher coding = CODING.matcher(element);
      if (coding.matches()) {
        String weight = coding.group("weight");
        weights.put(
            coding.group("name").toLowerCase(Locale.ROOT),
            weight == null ? 1.0 : Double.parseDouble(weight));
      }
    }
    double others = weights.getOrDefault("*", 0.0);
    // §8.4.1.3: x-gzip is the same.
    double gzip = weights.getOrDefault("gzip", weights.getOrDefault("x-gzip", others));
    return gzip > 0 && gzip >= weights.getOrDefault("identity", 0.0);
  }

  /**
   * Whether the client has the representation (RFC 9110 §13.1.2). Tags compare weakly: proxies that
   * compress weaken them.
   *
   * @param ifNoneMatch the values of the header fields
   * @param entityTag that of the representation, with its quotes
   */
  static boolean has(Enumeration<String> ifNoneMatch, String entityTag) {
    String value = joined(ifNoneMatch);
    if (value.strip().equals("*")) {
      return true;
    }
    return TAG.matcher(value).results().anyMatch(tag -> tag.group(1).equals(entityTag));
  }

  /** Several fields of a name are one list (RFC 9110 §5.3). */
  private static String joined(Enumeration<String> values) {
    return String.join(",", Collections.list(values));
  }
}
