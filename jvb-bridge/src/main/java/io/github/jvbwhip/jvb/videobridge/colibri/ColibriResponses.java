package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Error;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jitsi.xmpp.extensions.jingle.CandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;

/** Reads Colibri2 responses. Pure functions. */
public final class ColibriResponses {
  /** IPv4 first, host first: some clients take the first candidate and no other. */
  private static final Comparator<IceCandidate> BEST_FIRST =
      Comparator.comparing((IceCandidate c) -> c.type() != IceCandidate.Type.HOST)
          .thenComparing(c -> c.address().indexOf(':') >= 0)
          .thenComparing(Comparator.comparingLong(IceCandidate::priority).reversed());

  private ColibriResponses() {}

  /** Reads a response to a request about one endpoint. */
  public static ColibriResponse read(@Nullable IQ response) {
    if (response instanceof ConferenceModifiedIQ modified) {
      return new ColibriResponse.Done(
          modified.getEndpoints().stream()
              .map(endpoint -> endpoint.getTransport())
              .filter(transport -> transport != null && transport.getIceUdpTransport() != null)
              .findFirst()
              .flatMap(transport -> transport(transport.getIceUdpTransport())));
    }
    StanzaError error = response == null ? null : response.getError();
    if (error == null) {
      return new ColibriResponse.Refused(Reason.OTHER, "no usable response");
    }
    return new ColibriResponse.Refused(
        reason(error), error.getCondition() + ": " + error.getDescriptiveText());
  }

  private static Reason reason(StanzaError error) {
    Colibri2Error colibri = error.getExtension(Colibri2Error.ELEMENT, Colibri2Error.NAMESPACE);
    Colibri2Error.Reason reason = colibri == null ? null : colibri.getReason();
    if (reason != null) {
      switch (reason.name()) {
        case "CONFERENCE_NOT_FOUND":
          return Reason.CONFERENCE_NOT_FOUND;
        case "CONFERENCE_ALREADY_EXISTS":
          return Reason.CONFERENCE_EXISTS;
        case "UNKNOWN_ENDPOINT":
          return Reason.ENDPOINT_NOT_FOUND;
        case "GRACEFUL_SHUTDOWN":
          return Reason.GRACEFUL_SHUTDOWN;
        case "FEATURE_NOT_IMPLEMENTED":
          return Reason.NOT_SUPPORTED;
        default:
          break; // The condition says more.
      }
    }
    return switch (error.getCondition()) {
      case item_not_found -> Reason.ENDPOINT_NOT_FOUND;
      case conflict -> Reason.ENDPOINT_EXISTS;
      case feature_not_implemented -> Reason.NOT_SUPPORTED;
      case bad_request -> Reason.BAD_REQUEST;
      case service_unavailable -> Reason.GRACEFUL_SHUTDOWN;
      default -> Reason.OTHER;
    };
  }

  private static Optional<BridgeTransport> transport(IceUdpTransportPacketExtension ice) {
    if (ice.getUfrag() == null || ice.getPassword() == null) {
      return Optional.empty();
    }
    List<IceCandidate> candidates =
        ice.getChildExtensionsOfType(CandidatePacketExtension.class).stream()
            .filter(candidate -> "udp".equalsIgnoreCase(candidate.getProtocol()))
            .flatMap(candidate -> candidate(candidate).stream())
            .sorted(BEST_FIRST)
            .toList();
    List<Fingerprint> fingerprints =
        ice.getChildExtensionsOfType(DtlsFingerprintPacketExtension.class).stream()
            .map(
                xml ->
                    new Fingerprint(
                        xml.getHash().toLowerCase(Locale.ROOT),
                        xml.getFingerprint().toUpperCase(Locale.ROOT)))
            .toList();
    String generation = ice.getAttributeAsString(TransportStanzas.GENERATION);
    return Optional.of(
        new BridgeTransport(
            new IceCredentials(ice.getUfrag(), ice.getPassword()),
            candidates,
            fingerprints,
            generation == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(generation))));
  }

  private static Optional<IceCandidate> candidate(CandidatePacketExtension xml) {
    IceCandidate.Type type =
        switch (xml.getType()) {
          case host, local -> IceCandidate.Type.HOST;
          case srflx, stun -> IceCandidate.Type.SRFLX;
          case prflx -> IceCandidate.Type.PRFLX;
          case relay -> IceCandidate.Type.RELAY;
        };
    // A link-local IPv6 address comes with its zone, which means nothing to the client.
    String address = xml.getIP().replaceFirst("%.*", "");
    Optional<IceCandidate.RelatedAddress> related =
        xml.getRelAddr() == null || type == IceCandidate.Type.HOST
            ? Optional.empty()
            : Optional.of(new IceCandidate.RelatedAddress(xml.getRelAddr(), xml.getRelPort()));
    return Optional.of(
        new IceCandidate(
            xml.getFoundation(),
            IceCandidate.Protocol.UDP,
            xml.getPriority() & 0xFFFFFFFFL,
            address,
            xml.getPort(),
            type,
            related));
  }
}
