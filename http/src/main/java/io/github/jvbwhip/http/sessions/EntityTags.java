package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.session.EntityTag;
import io.github.jvbwhip.core.session.IfMatch;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code If-Match} (RFC 9110 §13.1.1). */
final class EntityTags {
  private EntityTags() {}

  /**
   * The precondition of a call.
   *
   * @param lenient whether the tag may stand in an {@code ETag} request field, as one client has it
   */
  static IfMatch ifMatch(Call call, boolean lenient) throws ProblemException {
    List<String> values = call.headers("If-Match");
    if (values.isEmpty() && lenient) {
      values = call.headers("ETag");
    }
    return parse(values, lenient);
  }

  /**
   * The precondition of these field values.
   *
   * @param lenient whether a tag may stand there without its quotes
   */
  static IfMatch parse(List<String> values, boolean lenient) throws ProblemException {
    if (values.isEmpty()) {
      return IfMatch.ABSENT;
    }
    Set<EntityTag> tags = new HashSet<>();
    for (String value : values) {
      // The examples of RFC 9725 put the asterisk in quotes.
      if (value.trim().equals("*") || value.trim().equals("\"*\"")) {
        return IfMatch.ANY;
      }
      addTags(value, lenient, tags);
    }
    return IfMatch.oneOf(tags);
  }

  private static void addTags(String value, boolean lenient, Set<EntityTag> tags)
      throws ProblemException {
    int at = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (c == ',' || c == ' ' || c == '\t') {
        at++;
        continue;
      }
      boolean weak = value.startsWith("W/", at);
      int open = weak ? at + 2 : at;
      int close = open < value.length() ? value.indexOf('"', open + 1) : -1;
      if (open >= value.length() || value.charAt(open) != '"' || close < 0) {
        if (lenient && tags.isEmpty() && value.indexOf('"') < 0) {
          // A client that strips the quotes of the tag it was given.
          tags.add(new EntityTag(value.trim()));
          return;
        }
        throw new ProblemException(
            ProblemType.MALFORMED_REQUEST, "If-Match is a list of quoted entity tags, or *.");
      }
      if (!weak) {
        // If-Match compares strongly: a weak tag never matches (RFC 9110 §8.8.3.2).
        tags.add(new EntityTag(value.substring(open + 1, close)));
      }
      at = close + 1;
    }
  }
}
