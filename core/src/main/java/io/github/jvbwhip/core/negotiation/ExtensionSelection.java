package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Picks header extensions (RFC 8285 §7) for the m-sections of one description, in order: the answer
 * is a strict subset of the offer. In a BUNDLE group an id means one URI (RFC 9143 §7.1.3), so that
 * the ids taken so far are remembered.
 */
final class ExtensionSelection {
  /** The ids of the one-byte form; higher ones need {@code a=extmap-allow-mixed}. */
  private static final int MAX_ONE_BYTE_ID = 14;

  private static final int MAX_TWO_BYTE_ID = 255;

  private final Set<HeaderExtensionType> supported;
  private final boolean clientSends;
  private final int maxId;
  private final NegotiationRules rules;
  private final Map<Integer, HeaderExtensionType> taken = new HashMap<>();

  /**
   * @param clientSends whether it is the client that sends media with these extensions
   * @param allowMixed whether two-byte headers may occur
   */
  ExtensionSelection(
      Set<HeaderExtensionType> supported,
      boolean clientSends,
      boolean allowMixed,
      NegotiationRules rules) {
    this.supported = supported;
    this.clientSends = clientSends;
    this.maxId = allowMixed ? MAX_TWO_BYTE_ID : MAX_ONE_BYTE_ID;
    this.rules = rules;
  }

  /** The accepted extensions of a section, in its order, and the lines that answer them. */
  record Selected(List<NegotiatedExtension> extensions, List<ExtMap> lines) {

    /** The feedback that these extensions make possible: transport-cc needs its own. */
    Set<Feedback> possible(Set<Feedback> supported) {
      Set<Feedback> result = EnumSet.noneOf(Feedback.class);
      result.addAll(supported);
      if (extensions.stream().noneMatch(e -> e.type() == HeaderExtensionType.TRANSPORT_CC)) {
        result.remove(Feedback.TRANSPORT_CC);
      }
      return result;
    }
  }

  Selected select(MediaDescription section) throws NegotiationException {
    return select(section, Set.of());
  }

  /**
   * Likewise.
   *
   * @param unwanted what is not accepted in this section
   */
  Selected select(MediaDescription section, Set<HeaderExtensionType> unwanted)
      throws NegotiationException {
    List<NegotiatedExtension> extensions = new ArrayList<>();
    List<ExtMap> lines = new ArrayList<>();
    Set<HeaderExtensionType> seen = EnumSet.noneOf(HeaderExtensionType.class);
    for (ExtMap offered : section.all(ExtMap.class)) {
      Optional<HeaderExtensionType> type = HeaderExtensionType.ofUri(offered.uri());
      if (type.isEmpty() || !supported.contains(type.get()) || !usable(offered)) {
        continue;
      }
      HeaderExtensionType holder = taken.get(offered.id());
      if (holder != null && holder != type.get()) {
        if (rules.allows(Leniency.EXTENSION_ID_CONFLICT)) {
          continue;
        }
        throw new NegotiationException(
            Reason.MALFORMED,
            "One a=extmap id stands for two extensions in the BUNDLE group: " + offered.id());
      }
      if (!unwanted.contains(type.get()) && seen.add(type.get())) {
        taken.put(offered.id(), type.get());
        extensions.add(new NegotiatedExtension(offered.id(), type.get()));
        lines.add(
            new ExtMap(
                offered.id(),
                offered.direction().map(Direction::reversed),
                offered.uri(),
                Optional.empty()));
      }
    }
    return new Selected(extensions, lines);
  }

  private boolean usable(ExtMap offered) {
    Direction direction = offered.direction().orElse(Direction.SENDRECV);
    return offered.id() <= maxId && (clientSends ? direction.sends() : direction.receives());
  }
}
