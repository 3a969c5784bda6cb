package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.SetupRole;
import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import io.github.jvbwhip.core.sdp.IceAttribute.FingerprintOf;
import io.github.jvbwhip.core.sdp.IceAttribute.IcePwd;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.sdp.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the client's side of the bundled transport from the section that carries it. */
final class RemoteTransports {
  /** Hash functions of RFC 8122 §5 that are still taken, and the bytes of their values. */
  private static final Map<String, Integer> HASH_BYTES =
      Map.of("sha-1", 20, "sha-224", 28, "sha-256", 32, "sha-384", 48, "sha-512", 64);

  private RemoteTransports() {}

  static boolean hasCredentials(SessionDescription description, MediaDescription section) {
    return description.inherited(section, IceUfrag.class).isPresent()
        && description.inherited(section, IcePwd.class).isPresent();
  }

  /**
   * The transport of an offer: the server picks the role (RFC 9725 §4.4.4).
   *
   * @param startsDtls whether the server takes the active role where it may
   */
  static RemoteTransport ofOffer(
      SessionDescription offer,
      MediaDescription section,
      NegotiationRules rules,
      boolean startsDtls)
      throws NegotiationException {
    return read(offer, section, rules, offeredRole(offer, section, rules, startsDtls));
  }

  /** The transport of an answer: the client has picked the role. */
  static RemoteTransport ofAnswer(
      SessionDescription answer, MediaDescription section, NegotiationRules rules)
      throws NegotiationException {
    DtlsRole role =
        switch (setup(answer, section).orElse(Setup.HOLDCONN)) {
          case ACTIVE -> DtlsRole.ACTIVE;
          case PASSIVE -> DtlsRole.PASSIVE;
          default ->
              throw new NegotiationException(
                  Reason.UNSUPPORTED_SETUP, "An answer has a=setup:active or a=setup:passive.");
        };
    return read(answer, section, rules, role);
  }

  private static RemoteTransport read(
      SessionDescription description,
      MediaDescription section,
      NegotiationRules rules,
      DtlsRole role)
      throws NegotiationException {
    if (description.has(Flag.ICE_LITE) && !rules.iceLite()) {
      throw new NegotiationException(
          Reason.UNSUPPORTED_ICE,
          "A client is a full ICE agent, which sends checks itself: remove a=ice-lite.");
    }
    return new RemoteTransport(
        credentials(description, section),
        Candidates.usable(candidates(description, section)),
        fingerprints(description, section, rules),
        role);
  }

  /**
   * Those of the section. Where it has none, those of another one with the same credentials: some
   * clients write the candidates of a bundled transport into the first section alone, which may be
   * a data channel that is refused.
   */
  private static List<Candidate> candidates(
      SessionDescription description, MediaDescription section) throws NegotiationException {
    List<Candidate> candidates = new ArrayList<>(description.all(Candidate.class));
    candidates.addAll(section.all(Candidate.class));
    IceCredentials credentials = credentials(description, section);
    for (MediaDescription other : description.media()) {
      if (candidates.isEmpty()
          && hasCredentials(description, other)
          && credentials(description, other).equals(credentials)) {
        candidates.addAll(other.all(Candidate.class));
      }
    }
    return candidates;
  }

  private static IceCredentials credentials(
      SessionDescription description, MediaDescription section) throws NegotiationException {
    Optional<IceUfrag> ufrag = description.inherited(section, IceUfrag.class);
    Optional<IcePwd> pwd = description.inherited(section, IcePwd.class);
    if (ufrag.isEmpty() || pwd.isEmpty()) {
      throw new NegotiationException(
          Reason.MISSING_ICE, "Add a=ice-ufrag and a=ice-pwd, to the session or to m-sections.");
    }
    return new IceCredentials(ufrag.get().ufrag(), pwd.get().pwd());
  }

  private static List<Fingerprint> fingerprints(
      SessionDescription description, MediaDescription section, NegotiationRules rules)
      throws NegotiationException {
    List<Fingerprint> usable = new ArrayList<>();
    boolean odd = false;
    for (FingerprintOf f : description.allInherited(section, FingerprintOf.class)) {
      Integer bytes = HASH_BYTES.get(f.hash());
      if (bytes == null) {
        continue;
      }
      if (f.value().length() == bytes * 3 - 1) {
        usable.add(new Fingerprint(f.hash(), f.value()));
      } else {
        odd = true;
      }
    }
    if (odd && (usable.isEmpty() || !rules.allows(Leniency.ODD_FINGERPRINT))) {
      throw new NegotiationException(
          Reason.MALFORMED, "The a=fingerprint value is not as long as its hash function says.");
    }
    if (usable.isEmpty()) {
      throw new NegotiationException(
          Reason.MISSING_FINGERPRINT,
          "Add a=fingerprint with sha-256, to the session or to m-sections.");
    }
    return usable;
  }

  private static DtlsRole offeredRole(
      SessionDescription offer,
      MediaDescription section,
      NegotiationRules rules,
      boolean startsDtls)
      throws NegotiationException {
    Optional<Setup> setup = setup(offer, section);
    if (setup.isEmpty()) {
      if (rules.allows(Leniency.MISSING_SETUP)) {
        return DtlsRole.ACTIVE;
      }
      throw new NegotiationException(
          Reason.MISSING_SETUP, "Add a=setup:actpass, to the session or to m-sections.");
    }
    if (setup.get() == Setup.PASSIVE && rules.allows(Leniency.PASSIVE_SETUP)) {
      return DtlsRole.PASSIVE;
    }
    if (setup.get() == Setup.ACTPASS) {
      // The client starts the handshake, which knows first when its ICE is up, unless the bridge
      // has a reason of its own.
      return startsDtls ? DtlsRole.PASSIVE : DtlsRole.ACTIVE;
    }
    if (setup.get() == Setup.ACTIVE) {
      return DtlsRole.ACTIVE;
    }
    throw new NegotiationException(
        Reason.UNSUPPORTED_SETUP, "Offer a=setup:actpass (or active), not " + setup.get().token());
  }

  private static Optional<Setup> setup(SessionDescription description, MediaDescription section) {
    return description.inherited(section, SetupRole.class).map(SetupRole::role);
  }
}
