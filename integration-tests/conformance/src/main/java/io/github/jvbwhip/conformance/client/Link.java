package io.github.jvbwhip.conformance.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link of a Link header field (RFC 8288).
 *
 * @param target as written, between the angle brackets
 * @param base what {@code target} is relative to
 * @param parameters names in lower case; the first of each
 */
public record Link(String target, URI base, Map<String, String> parameters) {
  private static final Pattern TARGET = Pattern.compile("\\s*,?\\s*<([^>]*)>");

  /** The separating semicolon may be missing: the events document's own examples lack one. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[\\s;]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;,\"]*)))?");

  /** Reads one field value, which may hold several links; what is not a link ends it. */
  static List<Link> parse(String value, URI base) {
    List<Link> links = new ArrayList<>();
    Matcher target = TARGET.matcher(value);
    int position = 0;
    while (target.region(position, value.length()).lookingAt()) {
      position = target.end();
      Map<String, String> parameters = new LinkedHashMap<>();
      Matcher parameter = PARAMETER.matcher(value);
      while (parameter.region(position, value.length()).lookingAt()) {
        String quoted = parameter.group(2);
        String text = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
        parameters.putIfAbsent(
            parameter.group(1).toLowerCase(Locale.ROOT), text == null ? "" : text);
        position = parameter.end();
      }
      links.add(new Link(target.group(1), base, Map.copyOf(parameters)));
    }
    return links;
  }

  /** The relation, or an empty text. */
  public String rel() {
    return parameter("rel").orElse("");
  }

  /** A target attribute. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The target, resolved. */
  public URI uri() {
    return base.resolve(target);
  }
}
