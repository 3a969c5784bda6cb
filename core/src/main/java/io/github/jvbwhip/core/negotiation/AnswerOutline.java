package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import java.util.List;
import java.util.Optional;

/**
 * What a session keeps of a description to answer it, and to write ICE fragments later. Callers
 * hand it back; they need not look inside.
 *
 * @param sections one for each m-section of the offer, in order
 * @param bundle the mids that share the transport, in the group's order; empty without a group
 * @param extmapAllowMixed whether one- and two-byte header extensions may be mixed (RFC 8285 §6)
 */
public record AnswerOutline(List<Section> sections, List<String> bundle, boolean extmapAllowMixed) {

  public AnswerOutline {
    sections = List.copyOf(sections);
    bundle = List.copyOf(bundle);
  }

  /** The section that carries the transport: the first accepted one, in the group's order. */
  Section tagged() {
    for (String mid : bundle) {
      for (Section section : sections) {
        if (section.accepted().isPresent() && section.mid().equals(Optional.of(mid))) {
          return section;
        }
      }
    }
    for (Section section : sections) {
      if (section.accepted().isPresent()) {
        return section;
      }
    }
    throw new IllegalStateException("a plan has an accepted section");
  }

  /** As much of it as answers to ICE restarts need: what a session keeps. */
  public AnswerOutline forRestarts() {
    if (sections.isEmpty()) {
      return this;
    }
    Section tagged = tagged();
    Accepted accepted = tagged.accepted().orElseThrow();
    return new AnswerOutline(
        List.of(
            new Section(
                tagged.media(),
                tagged.protocol(),
                tagged.formats().subList(0, 1),
                tagged.mid(),
                Optional.of(
                    new Accepted(
                        accepted.kind(), accepted.mid(), List.of(), List.of(), false, false)))),
        bundle,
        extmapAllowMixed);
  }

  /**
   * One m-section.
   *
   * @param media the m-line's media type
   * @param protocol the m-line's transport protocol
   * @param formats what the m-line of a refused section repeats
   * @param mid as offered; absent where the offer has none
   * @param accepted what was accepted; empty for a refused section
   */
  public record Section(
      String media,
      String protocol,
      List<String> formats,
      Optional<String> mid,
      Optional<Accepted> accepted) {
    public Section {
      formats = List.copyOf(formats);
    }
  }

  /**
   * An accepted m-section.
   *
   * @param mid the mid in the plan's media, also where the offer has none
   * @param formatParameters the {@code a=fmtp} lines to write
   * @param extensions the {@code a=extmap} lines to write
   * @param rtcpReducedSize whether {@code a=rtcp-rsize} is answered
   * @param simulcast whether {@code a=simulcast} is answered
   */
  public record Accepted(
      MediaKind kind,
      String mid,
      List<Fmtp> formatParameters,
      List<ExtMap> extensions,
      boolean rtcpReducedSize,
      boolean simulcast) {
    public Accepted {
      formatParameters = List.copyOf(formatParameters);
      extensions = List.copyOf(extensions);
    }
  }
}
