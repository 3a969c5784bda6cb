package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IpLiterals;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jitsi.xmpp.extensions.jingle.CandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.CandidateType;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceCandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jspecify.annotations.Nullable;

/**
 * Transports as XML (XEP-0176, XEP-0320): the bridge's with its candidates, the client's without.
 * The bridge's ICE gives up five seconds after its checks of those have failed, and so would a
 * client that is slow to begin with its own. Told of none, it waits, and checks what the client's
 * checks come from: each of them is a full agent and knows the bridge's candidates.
 */
public final class TransportStanzas {
  /**
   * The attribute that tells one ICE restart from the next. By its name, since the extensions of
   * bridges that cannot restart ICE have no methods for it.
   */
  static final String GENERATION = "ice-generation";

  /** IPv4 first, host first: some clients take the first candidate and no other. */
  private static final Comparator<IceCandidate> BEST_FIRST =
      Comparator.comparing((IceCandidate c) -> c.type() != IceCandidate.Type.HOST)
          .thenComparing(c -> c.address().indexOf(':') >= 0)
          .thenComparing(Comparator.comparingLong(IceCandidate::priority).reversed());

  /** What may stand between two spaces of a line of SDP. */
  private static final Pattern WORD = Pattern.compile("[!-~]{1,256}");

  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2})*");
  private static final int MAX_PORT = 65_535;

  private TransportStanzas() {}

  /** All of it: what starts ICE and DTLS. */
  public static IceUdpTransportPacketExtension transport(RemoteTransport remote) {
    return transport(remote, true);
  }

  /**
   * An update of the ICE part. The bridge forgets the fingerprints that an update does not repeat,
   * and begins DTLS anew at one that tells a role.
   */
  public static IceUdpTransportPacketExtension update(RemoteTransport remote) {
    return transport(remote, false);
  }

  /** That of another bridge, with its candidates: one of the two has to begin. */
  static IceUdpTransportPacketExtension between(RemoteTransport remote) {
    IceUdpTransportPacketExtension ice = transport(remote);
    for (IceCandidate candidate : remote.candidates()) {
      IceCandidatePacketExtension xml = new IceCandidatePacketExtension();
      xml.setID(candidate.foundation());
      xml.setFoundation(candidate.foundation());
      xml.setComponent(1);
      xml.setGeneration(0);
      xml.setNetwork(0);
      xml.setProtocol("udp");
      xml.setPriority(candidate.priority());
      xml.setIP(candidate.address());
      xml.setPort(candidate.port());
      xml.setType(
          switch (candidate.type()) {
            case HOST -> CandidateType.host;
            case SRFLX -> CandidateType.srflx;
            case PRFLX -> CandidateType.prflx;
            case RELAY -> CandidateType.relay;
          });
      candidate
          .relatedAddress()
          .ifPresent(
              related -> {
                xml.setRelAddr(related.address());
                xml.setRelPort(related.port());
              });
      ice.addChildExtension(xml);
    }
    return ice;
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

  /**
   * The bridge's side, with its UDP candidates; empty when it has no credentials. What could not
   * stand in a session description is left out: not all transports come from the bridge itself.
   */
  public static Optional<BridgeTransport> read(IceUdpTransportPacketExtension ice) {
    if (!isWord(ice.getUfrag()) || !isWord(ice.getPassword())) {
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
            .filter(TransportStanzas::isWritable)
            .toList();
    String generation = ice.getAttributeAsString(GENERATION);
    return Optional.of(
        new BridgeTransport(
            new IceCredentials(ice.getUfrag(), ice.getPassword()),
            candidates,
            fingerprints,
            generation == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(generation))));
  }

  private static boolean isWord(@Nullable String text) {
    return text != null && WORD.matcher(text).matches();
  }

  private static boolean isWritable(Fingerprint fingerprint) {
    return isWord(fingerprint.hash()) && HEXADECIMAL.matcher(fingerprint.value()).matches();
  }

  private static boolean isWritable(IceCandidate candidate) {
    return isWord(candidate.foundation())
        && isAddress(candidate.address(), candidate.port())
        && candidate
            .relatedAddress()
            .map(related -> isAddress(related.address(), related.port()))
            .orElse(true);
  }

  private static boolean isAddress(String address, int port) {
    return IpLiterals.isNoName(address) && port >= 0 && port <= MAX_PORT;
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
    IceCandidate candidate =
        new IceCandidate(
            xml.getFoundation(),
            IceCandidate.Protocol.UDP,
            xml.getPriority() & 0xFFFFFFFFL,
            address,
            xml.getPort(),
            type,
            related);
    return Optional.of(candidate).filter(TransportStanzas::isWritable);
  }
}
