package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Section;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.Group;
import io.github.jvbwhip.core.sdp.Attribute.Mid;
import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import io.github.jvbwhip.core.sdp.IceAttribute.IcePwd;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SdpLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes ICE fragments (RFC 8840 §4.4). */
final class Fragments {
  private Fragments() {}

  static IceUpdate read(IceFragment fragment, NegotiationRules rules) throws NegotiationException {
    Optional<IceCredentials> credentials =
        credentials(fragment.all(IceUfrag.class), fragment.all(IcePwd.class), rules);
    List<Candidate> candidates = new ArrayList<>(fragment.all(Candidate.class));
    for (MediaDescription section : fragment.media()) {
      Optional<IceCredentials> own =
          credentials(section.all(IceUfrag.class), section.all(IcePwd.class), rules);
      if (own.isPresent() && credentials.isPresent() && !own.equals(credentials)) {
        throw new NegotiationException(
            Reason.MALFORMED,
            "The fragment names several ICE credentials; name those of the bundled transport.");
      }
      credentials = credentials.isPresent() ? credentials : own;
      candidates.addAll(section.all(Candidate.class));
    }
    List<IceCandidate> usable = Candidates.usable(candidates);
    return new IceUpdate(credentials, usable, fragment.has(Flag.END_OF_CANDIDATES));
  }

  /** One pseudo m-section, the tagged one of the group, as RFC 9725 §4.3.3 shows. */
  static IceFragment restart(LocalTransport local, AnswerOutline outline) {
    List<SdpLine> session = new ArrayList<>();
    session.add(DescriptionWriter.ICE_OPTIONS);
    if (!outline.bundle().isEmpty()) {
      session.add(new Group(Group.BUNDLE, outline.bundle()));
    }
    List<SdpLine> lines = new ArrayList<>();
    Section tagged = outline.tagged();
    tagged.mid().ifPresent(mid -> lines.add(new Mid(mid)));
    DescriptionWriter.addIce(lines, local);
    return new IceFragment(
        session,
        List.of(
            new MediaDescription(
                tagged.media(), 9, 1, tagged.protocol(), List.of(tagged.formats().get(0)), lines)));
  }

  private static Optional<IceCredentials> credentials(
      List<IceUfrag> allUfrags, List<IcePwd> allPwds, NegotiationRules rules)
      throws NegotiationException {
    boolean repeated = rules.allows(Leniency.REPEATED_CREDENTIALS);
    List<IceUfrag> ufrags = repeated ? allUfrags.stream().distinct().toList() : allUfrags;
    List<IcePwd> pwds = repeated ? allPwds.stream().distinct().toList() : allPwds;
    if (ufrags.isEmpty() && pwds.isEmpty()) {
      return Optional.empty();
    }
    if (ufrags.size() != 1 || pwds.size() != 1) {
      throw new NegotiationException(
          Reason.MALFORMED, "ICE credentials are one a=ice-ufrag and one a=ice-pwd, together.");
    }
    return Optional.of(new IceCredentials(ufrags.get(0).ufrag(), pwds.get(0).pwd()));
  }
}
