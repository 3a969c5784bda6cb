package io.github.jvbwhip.core.negotiation;

import java.util.EnumSet;
import java.util.Set;

/**
 * How closely an offer has to follow the standards.
 *
 * @param allowed the deviations that are accepted
 * @param maxEgressSections how many m-sections of a kind a player gets at most
 * @param iceLite whether the peer may be a server that waits to be checked (RFC 8445 §2.5)
 */
public record NegotiationRules(Set<Leniency> allowed, int maxEgressSections, boolean iceLite) {
  private static final int DEFAULT_EGRESS_SECTIONS = 8;

  /** What real clients need: the default. */
  public static final NegotiationRules LENIENT =
      new NegotiationRules(EnumSet.allOf(Leniency.class));

  /** RFC 9725 and the WHEP draft to the letter. */
  public static final NegotiationRules STRICT =
      new NegotiationRules(EnumSet.noneOf(Leniency.class));

  /** For what servers say that are called. */
  public static final NegotiationRules SERVERS =
      new NegotiationRules(EnumSet.allOf(Leniency.class), DEFAULT_EGRESS_SECTIONS, true);

  public NegotiationRules {
    allowed = Set.copyOf(allowed);
  }

  /** With the usual bounds. */
  NegotiationRules(Set<Leniency> allowed) {
    this(allowed, DEFAULT_EGRESS_SECTIONS, false);
  }

  /** {@link #STRICT} or {@link #LENIENT}. */
  public static NegotiationRules of(boolean strict) {
    return strict ? STRICT : LENIENT;
  }

  /** The same with another bound. */
  public NegotiationRules withMaxEgressSections(int most) {
    return new NegotiationRules(allowed, most, iceLite);
  }

  /** Whether that deviation is accepted. */
  public boolean allows(Leniency leniency) {
    return allowed.contains(leniency);
  }
}
