package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import io.github.jvbwhip.jvb.videobridge.colibri.TransportStanzas;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.ParameterPacketExtension;
import org.jitsi.xmpp.extensions.jingle.PayloadTypePacketExtension;
import org.jitsi.xmpp.extensions.jingle.RTPHdrExtPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.StartMutedPacketExtension;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * A {@code session-initiate} (XEP-0166 §7.2.10), as the focus of a room sends it.
 *
 * @param initiator whom the answer has to name
 * @param numbers those of all packets in the conference
 * @param endpointNumbers those of the packets between the bridge and the participant
 * @param bridgeSession what the focus calls the endpoint's session on its bridge
 * @param region where that bridge is
 * @param startsMuted of what nothing is let through at first
 */
record JingleOffer(
    String sid,
    Jid initiator,
    BridgeTransport transport,
    ConferenceNumbers numbers,
    EndpointNumbers endpointNumbers,
    Optional<String> bridgeSession,
    Optional<String> region,
    Set<MediaKind> startsMuted) {

  /** What is no offer that can be answered. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /**
   * Reads one.
   *
   * @throws Malformed when it lacks what an answer needs
   */
  static JingleOffer read(JingleIQ iq) throws Malformed {
    try {
      return readAll(iq);
    } catch (IllegalArgumentException | NullPointerException e) {
      // As the extensions' classes say that an attribute is none.
      throw new Malformed("an attribute that cannot be read: " + e.getMessage());
    }
  }

  private static JingleOffer readAll(JingleIQ iq) throws Malformed {
    if (iq.getSID() == null || iq.getSID().isEmpty()) {
      throw new Malformed("no sid");
    }
    Jid initiator = iq.getInitiator() == null ? iq.getFrom() : iq.getInitiator();
    if (initiator == null) {
      throw new Malformed("no initiator");
    }
    BridgeTransport transport = null;
    Map<CodecType, Integer> payloadTypes = new EnumMap<>(CodecType.class);
    Map<CodecType, Integer> repairs = new EnumMap<>(CodecType.class);
    Map<HeaderExtensionType, Integer> extensions = new EnumMap<>(HeaderExtensionType.class);
    for (ContentPacketExtension content : iq.getContentList()) {
      RtpDescriptionPacketExtension description =
          content.getFirstChildOfType(RtpDescriptionPacketExtension.class);
      if (description != null) {
        readNumbers(description, payloadTypes, extensions);
        readRepairs(description, payloadTypes, repairs);
      }
      IceUdpTransportPacketExtension ice =
          content.getFirstChildOfType(IceUdpTransportPacketExtension.class);
      if (transport == null && ice != null) {
        transport = readTransport(ice);
      }
    }
    if (transport == null) {
      throw new Malformed("no transport");
    }
    if (transport.candidates().isEmpty() || transport.fingerprints().isEmpty()) {
      throw new Malformed("a transport without candidates or without a fingerprint");
    }
    Map<HeaderExtensionType, Integer> forwarded = new EnumMap<>(extensions);
    forwarded.keySet().retainAll(ConferenceNumbers.FORWARDED);
    BridgeSessionPacketExtension session = iq.getExtension(BridgeSessionPacketExtension.class);
    return new JingleOffer(
        iq.getSID(),
        initiator,
        transport,
        new ConferenceNumbers(payloadTypes, forwarded),
        new EndpointNumbers(payloadTypes, repairs, extensions),
        Optional.ofNullable(session).map(BridgeSessionPacketExtension::getId),
        Optional.ofNullable(session).map(BridgeSessionPacketExtension::getRegion),
        startsMuted(iq.getExtension(StartMutedPacketExtension.class)));
  }

  private static Set<MediaKind> startsMuted(@Nullable StartMutedPacketExtension told) {
    Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
    if (told != null && told.getAudioMuted()) {
      kinds.add(MediaKind.AUDIO);
    }
    if (told != null && told.getVideoMuted()) {
      kinds.add(MediaKind.VIDEO);
    }
    return kinds;
  }

  private static BridgeTransport readTransport(IceUdpTransportPacketExtension ice)
      throws Malformed {
    return TransportStanzas.read(ice)
        .orElseThrow(() -> new Malformed("a transport without credentials"));
  }

  private static void readNumbers(
      RtpDescriptionPacketExtension description,
      Map<CodecType, Integer> payloadTypes,
      Map<HeaderExtensionType, Integer> extensions)
      throws Malformed {
    for (PayloadTypePacketExtension payloadType : description.getPayloadTypes()) {
      String name = payloadType.getName();
      if (name != null) {
        int number = number(payloadType.getID(), 127);
        CodecType type = CodecType.named(name);
        // RED under video is ULPFEC's, and another format than audio's.
        if (type != CodecType.OTHER
            && type.kind().name().equalsIgnoreCase(description.getMedia())) {
          payloadTypes.putIfAbsent(type, number);
        }
      }
    }
    for (RTPHdrExtPacketExtension extension : description.getExtmapList()) {
      if (extension.getURI() != null) {
        int id = number(id(extension.getID()), 255);
        HeaderExtensionType.ofUri(extension.getURI().toString())
            .ifPresent(type -> extensions.putIfAbsent(type, id));
      }
    }
  }

  /** Which codec's retransmissions (RFC 4588 §8.6) have which payload type. */
  private static void readRepairs(
      RtpDescriptionPacketExtension description,
      Map<CodecType, Integer> payloadTypes,
      Map<CodecType, Integer> repairs) {
    for (PayloadTypePacketExtension payloadType : description.getPayloadTypes()) {
      if (CodecType.RTX.equalsIgnoreCase(payloadType.getName())) {
        for (ParameterPacketExtension parameter : payloadType.getParameters()) {
          payloadTypes.forEach(
              (type, number) -> {
                if ("apt".equals(parameter.getName())
                    && number.toString().equals(parameter.getValue())) {
                  repairs.putIfAbsent(type, payloadType.getID());
                }
              });
        }
      }
    }
  }

  private static int id(String text) throws Malformed {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Malformed("an extension without a number");
    }
  }

  private static int number(int number, int highest) throws Malformed {
    if (number < 0 || number > highest) {
      throw new Malformed("a number out of range: " + number);
    }
    return number;
  }
}
