package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.negotiation.Offer.OfferedSection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What holds for a publisher's m-sections of which several may be of one kind. */
final class SeveralTracks {
  /** Of each kind: a camera, a screen, and some to spare. */
  private static final int MAX_SECTIONS = 4;

  /** In all m-sections together; a bridge holds state for each. */
  private static final int MAX_ENCODINGS = 16;

  private SeveralTracks() {}

  /**
   * Checks how many there are of each kind.
   *
   * @throws NegotiationException {@code TWO_MEDIA_OF_ONE_KIND}
   */
  static void requireFew(List<OfferedSection> sections, NegotiationRules rules)
      throws NegotiationException {
    for (MediaKind kind : MediaKind.values()) {
      List<String> labels =
          sections.stream()
              .filter(section -> section.kind().orElseThrow() == kind)
              .map(OfferedSection::label)
              .toList();
      if (labels.size() > 1 && !rules.allows(Leniency.SEVERAL_INGEST_SECTIONS)) {
        throw new NegotiationException(
            Reason.TWO_MEDIA_OF_ONE_KIND,
            "Offer at most one audio and one video m-section: publish "
                + labels.get(1)
                + " as a stream of its own.");
      }
      if (labels.size() > MAX_SECTIONS) {
        throw new NegotiationException(
            Reason.TWO_MEDIA_OF_ONE_KIND,
            "Offer at most "
                + MAX_SECTIONS
                + " "
                + kind.sdpName()
                + " m-sections: publish "
                + String.join(", ", labels.subList(MAX_SECTIONS, labels.size()))
                + " as a stream of its own.");
      }
    }
  }

  /**
   * Checks that no two m-sections name the same SSRC: they are one RTP session, in which each
   * stream has its own (RFC 3550 §8), and packets are told apart by it.
   *
   * @throws NegotiationException {@code SECTION_REFUSED}
   */
  static void requireOwnSsrcs(List<OfferedSection> sections, List<IngestMedia> media)
      throws NegotiationException {
    Set<Long> before = new HashSet<>();
    for (IngestMedia each : media) {
      List<Long> own = each.encodings().stream().flatMap(SeveralTracks::ssrcs).toList();
      for (long ssrc : own) {
        if (before.contains(ssrc)) {
          throw new NegotiationException(
              Reason.SECTION_REFUSED,
              "Send another SSRC than "
                  + ssrc
                  + " in "
                  + label(each, sections)
                  + ": another m-section has it.");
        }
      }
      before.addAll(own);
    }
  }

  private static Stream<Long> ssrcs(PlannedEncoding encoding) {
    return LongStream.concat(encoding.ssrc().stream(), encoding.rtxSsrc().stream()).boxed();
  }

  /**
   * Checks that packets tell which m-section they are of (RFC 9143 §9.2): by their MID, by a
   * payload type that no other one has, or by SSRCs that were signalled.
   *
   * @throws NegotiationException {@code SECTION_REFUSED}
   */
  static void requireTold(List<OfferedSection> sections, List<IngestMedia> media)
      throws NegotiationException {
    long encodings = media.stream().mapToLong(each -> each.encodings().size()).sum();
    if (encodings > MAX_ENCODINGS) {
      throw new NegotiationException(
          Reason.SECTION_REFUSED,
          "Send at most " + MAX_ENCODINGS + " encodings in all m-sections together.");
    }
    OptionalInt midId = media.stream().flatMapToInt(SeveralTracks::midIds).findFirst();
    for (IngestMedia each : media) {
      boolean hasMid = midIds(each).findFirst().equals(midId) && midId.isPresent();
      if (!hasMid && !isSignalled(each) && sharesPayloadType(each, media)) {
        throw new NegotiationException(
            Reason.SECTION_REFUSED,
            "Add a=extmap with "
                + HeaderExtensionType.MID.uri()
                + " to "
                + label(each, sections)
                + ", or a=ssrc: others have the same payload types.");
      }
    }
  }

  /** One id for all bundled m-sections (RFC 9143 §7.1.3): bridges read that of the first. */
  private static IntStream midIds(IngestMedia media) {
    return media.extensions().stream()
        .filter(extension -> extension.type() == HeaderExtensionType.MID)
        .mapToInt(NegotiatedExtension::id);
  }

  /** With the SSRCs of retransmissions, where there may be some. */
  private static boolean isSignalled(IngestMedia media) {
    boolean rtx = media.codecs().stream().anyMatch(codec -> codec.rtxPayloadType().isPresent());
    return media.encodings().stream()
        .allMatch(e -> e.ssrc().isPresent() && (!rtx || e.rtxSsrc().isPresent()));
  }

  private static boolean sharesPayloadType(IngestMedia media, List<IngestMedia> all) {
    Set<Integer> own = payloadTypes(media).collect(Collectors.toSet());
    return all.stream()
        .filter(other -> other != media)
        .flatMap(SeveralTracks::payloadTypes)
        .anyMatch(own::contains);
  }

  private static Stream<Integer> payloadTypes(IngestMedia media) {
    return media.codecs().stream().map(NegotiatedCodec::payloadType);
  }

  private static String label(IngestMedia media, List<OfferedSection> sections) {
    return sections.stream()
        .filter(section -> section.planMid().equals(media.mid()))
        .map(OfferedSection::label)
        .findFirst()
        .orElseThrow();
  }
}
