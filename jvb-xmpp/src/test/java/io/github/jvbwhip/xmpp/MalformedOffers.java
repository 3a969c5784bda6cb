package io.github.jvbwhip.xmpp;

import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.RTPHdrExtPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;

/** Invitations that cannot be answered. */
final class MalformedOffers {
  private MalformedOffers() {}

  static JingleIQ spoil(JingleIQ offer, String what) {
    if (what.equals("no contents")) {
      JingleIQ empty = new JingleIQ(offer.getAction(), offer.getSID());
      empty.setType(offer.getType());
      empty.setTo(offer.getTo());
      return empty;
    }
    for (ContentPacketExtension content : offer.getContentList()) {
      IceUdpTransportPacketExtension ice =
          content.getFirstChildOfType(IceUdpTransportPacketExtension.class);
      RtpDescriptionPacketExtension description =
          content.getFirstChildOfType(RtpDescriptionPacketExtension.class);
      switch (what) {
        case "no transport" -> content.removeChildExtension(ice);
        case "no candidates" -> ice.removeCandidate(ice.getCandidateList().get(0));
        case "no credentials" ->
            ice.removeAttribute(IceUdpTransportPacketExtension.UFRAG_ATTR_NAME);
        case "no fingerprint" ->
            ice.removeChildExtension(ice.getFirstChildOfType(DtlsFingerprintPacketExtension.class));
        case "a payload type out of range" -> description.getPayloadTypes().get(0).setId(300);
        case "an extension without a number" -> {
          RTPHdrExtPacketExtension extension = description.getExtmapList().get(0);
          extension.setID("none");
        }
        default -> throw new IllegalArgumentException(what);
      }
    }
    return offer;
  }
}
