package io.github.jvbwhip.core.session;

import java.util.Set;

/**
 * The precondition of a request (RFC 9110 §13.1.1).
 *
 * @param tags the strong tags that were listed; empty unless {@link Kind#TAGS} (and even then,
 *     where only weak ones were listed: these match nothing)
 */
public record IfMatch(Kind kind, Set<EntityTag> tags) {

  /** The three forms of the header field. */
  public enum Kind {
    ABSENT,
    ANY,
    TAGS
  }

  /** No precondition. */
  public static final IfMatch ABSENT = new IfMatch(Kind.ABSENT, Set.of());

  /** {@code *}: whatever the current ICE session is. */
  public static final IfMatch ANY = new IfMatch(Kind.ANY, Set.of());

  public IfMatch {
    tags = Set.copyOf(tags);
  }

  /** One of these tags. */
  public static IfMatch oneOf(Set<EntityTag> tags) {
    return new IfMatch(Kind.TAGS, tags);
  }
}
