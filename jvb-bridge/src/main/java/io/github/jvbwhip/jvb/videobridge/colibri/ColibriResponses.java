package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse.Reason;
import java.util.stream.Stream;
import org.jitsi.xmpp.extensions.colibri2.AbstractConferenceEntity;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Error;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;

/** Reads Colibri2 responses. Pure functions. */
public final class ColibriResponses {
  private ColibriResponses() {}

  /** Reads a response to a request about one endpoint, or one relay. */
  public static ColibriResponse read(@Nullable IQ response) {
    if (response instanceof ConferenceModifiedIQ modified) {
      return new ColibriResponse.Done(
          Stream.concat(modified.getEndpoints().stream(), modified.getRelays().stream())
              .map(AbstractConferenceEntity::getTransport)
              .filter(transport -> transport != null && transport.getIceUdpTransport() != null)
              .findFirst()
              .flatMap(transport -> TransportStanzas.read(transport.getIceUdpTransport())));
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
}
