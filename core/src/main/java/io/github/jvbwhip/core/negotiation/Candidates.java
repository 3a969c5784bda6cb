package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCandidate.RelatedAddress;
import io.github.jvbwhip.core.bridge.IceCandidate.Type;
import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Candidates between SDP and the port. */
final class Candidates {
  /** RFC 8445 §5.1.2: a priority is 1 to 2^31-1. */
  private static final long MAX_PRIORITY = 0x7FFF_FFFFL;

  private Candidates() {}

  /**
   * The candidates that the port can carry, each once. The others are passed over without an error
   * (RFC 9725 §4.3.2): component 2, unknown transports and types, priorities out of range.
   */
  static List<IceCandidate> usable(List<Candidate> candidates) {
    Set<IceCandidate> result = new LinkedHashSet<>();
    for (Candidate candidate : candidates) {
      convert(candidate).ifPresent(result::add);
    }
    return List.copyOf(result);
  }

  private static Optional<IceCandidate> convert(Candidate candidate) {
    Optional<IceCandidate.Protocol> protocol = protocol(candidate.transport());
    Optional<Type> type = type(candidate.type());
    boolean valid =
        candidate.component() == 1
            && candidate.priority() >= 1
            && candidate.priority() <= MAX_PRIORITY
            && candidate.port() > 0;
    if (!valid || protocol.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new IceCandidate(
            candidate.foundation(),
            protocol.get(),
            candidate.priority(),
            candidate.address(),
            candidate.port(),
            type.get(),
            candidate
                .relatedAddress()
                .map(address -> new RelatedAddress(address, candidate.relatedPort()))));
  }

  private static Optional<IceCandidate.Protocol> protocol(String token) {
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "udp" -> Optional.of(IceCandidate.Protocol.UDP);
      case "tcp" -> Optional.of(IceCandidate.Protocol.TCP);
      default -> Optional.empty();
    };
  }

  private static Optional<Type> type(String token) {
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "host" -> Optional.of(Type.HOST);
      case "srflx" -> Optional.of(Type.SRFLX);
      case "prflx" -> Optional.of(Type.PRFLX);
      case "relay" -> Optional.of(Type.RELAY);
      default -> Optional.empty();
    };
  }

  /**
   * The lines to write: IPv4 host candidates over UDP first, since some clients (FFmpeg) read no
   * further than the first one; else in the bridge's order.
   */
  static List<Candidate> written(List<IceCandidate> candidates) {
    List<Candidate> result = new ArrayList<>();
    candidates.stream()
        .sorted(Comparator.comparingInt(c -> isFirstChoice(c) ? 0 : 1))
        .forEach(c -> result.add(written(c)));
    return result;
  }

  private static boolean isFirstChoice(IceCandidate candidate) {
    return candidate.protocol() == IceCandidate.Protocol.UDP
        && candidate.type() == Type.HOST
        && candidate.address().indexOf(':') < 0;
  }

  private static Candidate written(IceCandidate candidate) {
    Optional<String> tcpType =
        candidate.protocol() == IceCandidate.Protocol.TCP
            ? Optional.of("tcptype passive")
            : Optional.empty();
    return new Candidate(
        candidate.foundation(),
        1,
        candidate.protocol().name().toLowerCase(Locale.ROOT),
        candidate.priority(),
        candidate.address(),
        candidate.port(),
        candidate.type().name().toLowerCase(Locale.ROOT),
        candidate.relatedAddress().map(RelatedAddress::address),
        candidate.relatedAddress().map(RelatedAddress::port).orElse(0),
        tcpType);
  }
}
