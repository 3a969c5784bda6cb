package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.Attribute.DirectionOf;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.Group;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A description whose references hold: mids are unique, and the BUNDLE group names sections that
 * exist. What it asks for is not judged yet.
 *
 * @param bundle the mids of the BUNDLE group; empty without one
 */
record Offer(SessionDescription description, List<OfferedSection> sections, List<String> bundle) {

  /** The transports of RFC 9429 §5.1.2: all mean DTLS-SRTP. */
  private static final Set<String> PROTOCOLS =
      Set.of(
          "UDP/TLS/RTP/SAVPF",
          "UDP/TLS/RTP/SAVP",
          "TCP/DTLS/RTP/SAVPF",
          "TCP/DTLS/RTP/SAVP",
          "TCP/TLS/RTP/SAVPF",
          "TCP/TLS/RTP/SAVP",
          "RTP/SAVPF",
          "RTP/SAVP");

  /**
   * One m-section.
   *
   * @param kind empty for anything but audio and video
   * @param planMid the mid or, where there is none, the section's index
   * @param disabled port 0 that does not mean bundle-only (RFC 3264 §5.1)
   */
  record OfferedSection(
      MediaDescription media,
      Optional<MediaKind> kind,
      String planMid,
      Direction direction,
      boolean disabled) {

    boolean hasSecureTransport() {
      return PROTOCOLS.contains(media.protocol());
    }

    /** Names the section to a person. */
    String label() {
      return "the m=" + media.media() + " section" + media.mid().map(m -> " " + m).orElse("");
    }
  }

  static Offer of(SessionDescription description, NegotiationRules rules)
      throws NegotiationException {
    List<String> bundle = bundle(description, rules);
    List<OfferedSection> sections = new ArrayList<>();
    Set<String> mids = new HashSet<>();
    for (MediaDescription media : description.media()) {
      Optional<String> mid = media.mid();
      if (mid.isPresent() && !mids.add(mid.get())) {
        throw new NegotiationException(
            Reason.MALFORMED, "Two m-sections have the same a=mid; give each its own.");
      }
      Direction direction =
          description
              .inherited(media, DirectionOf.class)
              .map(DirectionOf::direction)
              .orElse(Direction.SENDRECV);
      boolean bundleOnly =
          media.has(Flag.BUNDLE_ONLY)
              || (rules.allows(Leniency.MISSING_BUNDLE_ONLY)
                  && mid.isPresent()
                  && bundle.contains(mid.get()));
      sections.add(
          new OfferedSection(
              media,
              kind(media),
              mid.orElse(String.valueOf(sections.size())),
              direction,
              media.port() == 0 && !bundleOnly));
    }
    if (!mids.containsAll(bundle) && !rules.allows(Leniency.UNKNOWN_BUNDLE_MID)) {
      throw new NegotiationException(
          Reason.MALFORMED, "a=group:BUNDLE names a mid that no m-section has.");
    }
    return new Offer(
        description, List.copyOf(sections), bundle.stream().filter(mids::contains).toList());
  }

  private static List<String> bundle(SessionDescription description, NegotiationRules rules)
      throws NegotiationException {
    List<List<String>> groups =
        description.all(Group.class).stream()
            .filter(group -> group.semantics().equals(Group.BUNDLE))
            .map(Group::mids)
            .toList();
    if (groups.isEmpty()) {
      return List.of();
    }
    Set<String> named = new HashSet<>();
    groups.forEach(named::addAll);
    boolean once = named.size() == groups.stream().mapToInt(List::size).sum();
    boolean lenient = rules.allows(Leniency.REPEATED_GROUP);
    for (List<String> group : groups) {
      boolean whole = new HashSet<>(group).containsAll(named);
      if (whole && (lenient || (groups.size() == 1 && once))) {
        return group.stream().distinct().toList();
      }
    }
    throw groups.size() > 1
        ? new NegotiationException(
            Reason.NOT_BUNDLED, "Put all m-sections into one a=group:BUNDLE, not into several.")
        : new NegotiationException(Reason.MALFORMED, "a=group:BUNDLE names a mid twice.");
  }

  private static Optional<MediaKind> kind(MediaDescription media) {
    return switch (media.media()) {
      case "audio" -> Optional.of(MediaKind.AUDIO);
      case "video" -> Optional.of(MediaKind.VIDEO);
      default -> Optional.empty();
    };
  }

  /**
   * Checks that these sections share one transport (RFC 9725 §4.4.1).
   *
   * @throws NegotiationException {@code NOT_BUNDLED}
   */
  void requireBundle(List<OfferedSection> accepted, NegotiationRules rules)
      throws NegotiationException {
    boolean single = accepted.size() == 1 && bundle.isEmpty();
    if (single && rules.allows(Leniency.UNBUNDLED_SINGLE_SECTION)) {
      return;
    }
    for (OfferedSection section : accepted) {
      if (section.media().mid().isEmpty() || !bundle.contains(section.planMid())) {
        throw new NegotiationException(
            Reason.NOT_BUNDLED,
            "Put all m-sections into one a=group:BUNDLE (bundlePolicy max-bundle); "
                + section.label()
                + " is in none.");
      }
    }
  }

  /**
   * Checks that RTP and RTCP are multiplexed (RFC 9725 §4.4.1). A bundle-only section has what the
   * others of its group have: both attributes are of the category IDENTICAL (RFC 9143 §7.1.3).
   *
   * <p>That {@code a=rtcp-mux-only} is missing is no reason to refuse: §4.4.1 tells the client to
   * say it, and the endpoint to say it, but not the endpoint to insist; {@code a=rtcp-mux} alone
   * negotiates the same (RFC 5761 §5.1.1), and no browser says more.
   *
   * @throws NegotiationException {@code NO_RTCP_MUX}
   */
  void requireRtcpMux(List<OfferedSection> accepted, NegotiationRules rules)
      throws NegotiationException {
    for (OfferedSection section : accepted) {
      MediaDescription media = section.media();
      if (media.port() == 0 && accepted.stream().anyMatch(s -> s.media().port() != 0)) {
        continue;
      }
      boolean only = media.has(Flag.RTCP_MUX_ONLY);
      boolean mux = media.has(Flag.RTCP_MUX) || (only && rules.allows(Leniency.RTCP_MUX_IMPLIED));
      if (!mux) {
        throw new NegotiationException(
            Reason.NO_RTCP_MUX, "Add a=rtcp-mux to " + section.label() + ".");
      }
    }
  }

  /**
   * The section whose transport the group uses: the first of these in the group's order that has
   * ICE credentials (RFC 9143 §7.3.1: the tagged section; bundle-only ones have none).
   */
  OfferedSection tagged(List<OfferedSection> accepted) {
    List<OfferedSection> ordered = new ArrayList<>(accepted);
    ordered.sort((a, b) -> Integer.compare(position(a), position(b)));
    for (OfferedSection section : ordered) {
      if (RemoteTransports.hasCredentials(description, section.media())) {
        return section;
      }
    }
    for (OfferedSection section : sections) {
      if (RemoteTransports.hasCredentials(description, section.media())) {
        return section;
      }
    }
    return ordered.get(0);
  }

  private int position(OfferedSection section) {
    int index = bundle.indexOf(section.planMid());
    return index < 0 ? bundle.size() : index;
  }

  /** The group's mids that were accepted, in the group's order. */
  List<String> answeredBundle(List<OfferedSection> accepted) {
    return bundle.stream()
        .filter(mid -> accepted.stream().anyMatch(s -> s.planMid().equals(mid)))
        .toList();
  }
}
