package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.List;
import java.util.Locale;
import org.jitsi.xmpp.extensions.jingle.CandidateType;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceCandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;

/** The client's transport as XML (XEP-0176, XEP-0320). */
final class TransportStanzas {
  /**
   * The attribute that tells one ICE restart from the next. By its name, since the extensions of
   * bridges that cannot restart ICE have no methods for it.
   */
  static final String GENERATION = "ice-generation";

  private static final int COMPONENT = 1;

  private TransportStanzas() {}

  /** All of it: what starts ICE and DTLS. */
  static IceUdpTransportPacketExtension transport(RemoteTransport remote) {
    return transport(remote, true);
  }

  /**
   * An update of the ICE part. The bridge forgets the fingerprints that an update does not repeat,
   * and begins DTLS anew at one that tells a role.
   */
  static IceUdpTransportPacketExtension update(RemoteTransport remote) {
    return transport(remote, false);
  }

  private static IceUdpTransportPacketExtension transport(RemoteTransport remote, boolean role) {
    IceUdpTransportPacketExtension ice = ice(remote.credentials(), remote.candidates());
    remote
        .fingerprints()
        .forEach(
            fingerprint -> {
              DtlsFingerprintPacketExtension xml = new DtlsFingerprintPacketExtension();
              xml.setHash(fingerprint.hash());
              xml.setFingerprint(fingerprint.value());
              if (role) {
                xml.setSetup(remote.role() == DtlsRole.ACTIVE ? "active" : "passive");
              }
              ice.addChildExtension(xml);
            });
    return ice;
  }

  private static IceUdpTransportPacketExtension ice(
      IceCredentials credentials, List<IceCandidate> candidates) {
    IceUdpTransportPacketExtension ice = new IceUdpTransportPacketExtension();
    ice.setUfrag(credentials.ufrag());
    ice.setPassword(credentials.pwd());
    candidates.stream()
        .filter(candidate -> candidate.protocol() == IceCandidate.Protocol.UDP)
        .forEach(candidate -> ice.addCandidate(candidate(candidate)));
    return ice;
  }

  private static IceCandidatePacketExtension candidate(IceCandidate candidate) {
    IceCandidatePacketExtension xml = new IceCandidatePacketExtension();
    xml.setComponent(COMPONENT);
    xml.setFoundation(candidate.foundation());
    xml.setGeneration(0);
    xml.setID(candidate.foundation() + "-" + candidate.port());
    xml.setNetwork(0);
    xml.setProtocol("udp");
    xml.setPriority(candidate.priority());
    xml.setIP(candidate.address());
    xml.setPort(candidate.port());
    xml.setType(CandidateType.valueOf(candidate.type().name().toLowerCase(Locale.ROOT)));
    candidate
        .relatedAddress()
        .ifPresent(
            related -> {
              xml.setRelAddr(related.address());
              xml.setRelPort(related.port());
            });
    return xml;
  }
}
