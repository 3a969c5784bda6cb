package io.github.jvbwhip.edge;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Link} (RFC 8288) as servers of WHEP write it. Pure functions. */
final class LinkFields {
  private static final Pattern LINK =
      Pattern.compile(
          "<([^<>]{1,2048})>((?:\\s*;\\s*[a-zA-Z*-]+\\s*=\\s*(?:\"[^\"]*\"|[^\",;\\s]+))*)");

  private static final Pattern REL =
      Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\",;\\s]+))");

  private LinkFields() {}

  /** The target of the first link of that relation. */
  static Optional<String> find(List<String> values, String relation) {
    for (String value : values) {
      Matcher links = LINK.matcher(value);
      while (links.find()) {
        Matcher rel = REL.matcher(links.group(2));
        if (rel.find()) {
          String types = rel.group(1) == null ? rel.group(2) : rel.group(1);
          if (List.of(types.split(" +", -1)).contains(relation)) {
            return Optional.of(links.group(1));
          }
        }
      }
    }
    return Optional.empty();
  }
}
