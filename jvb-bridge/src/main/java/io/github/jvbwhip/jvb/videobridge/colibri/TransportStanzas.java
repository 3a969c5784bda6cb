package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;

/**
 * The client's transport as XML (XEP-0176, XEP-0320), without its candidates. The bridge's ICE
 * gives up five seconds after its checks of those have failed, and so would a client that is slow
 * to begin with its own. Told of none, it waits, and checks what the client's checks come from:
 * each of them is a full agent and knows the bridge's candidates.
 */
final class TransportStanzas {
  /**
   * The attribute that tells one ICE restart from the next. By its name, since the extensions of
   * bridges that cannot restart ICE have no methods for it.
   */
  static final String GENERATION = "ice-generation";

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
    IceUdpTransportPacketExtension ice = ice(remote.credentials());
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

  private static IceUdpTransportPacketExtension ice(IceCredentials credentials) {
    IceUdpTransportPacketExtension ice = new IceUdpTransportPacketExtension();
    ice.setUfrag(credentials.ufrag());
    ice.setPassword(credentials.pwd());
    return ice;
  }
}
