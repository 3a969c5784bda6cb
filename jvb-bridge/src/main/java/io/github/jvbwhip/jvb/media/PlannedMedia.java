package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells where a publisher's packet belongs by what stays readable under SRTP: payload type and
 * header extensions (RFC 8843 §9.2, RFC 8852). Immutable.
 */
final class PlannedMedia {
  /** The packet belongs to no m-section. */
  static final int NONE = -1;

  /** It belongs to one of several m-sections, and does not tell to which. */
  static final int AMBIGUOUS = -2;

  private final List<IngestMedia> media;
  private final int[] sections = new int[128];
  private final boolean[] rtx = new boolean[128];
  private final int midId;
  private final int ridId;
  private final int repairedRidId;
  private final int descriptorId;

  PlannedMedia(List<IngestMedia> media) {
    this.media = List.copyOf(media);
    Arrays.fill(sections, NONE);
    for (int i = 0; i < media.size(); i++) {
      for (NegotiatedCodec codec : media.get(i).codecs()) {
        claim(codec.payloadType(), i);
        if (codec.rtxPayloadType().isPresent()) {
          claim(codec.rtxPayloadType().getAsInt(), i);
          rtx[codec.rtxPayloadType().getAsInt()] = true;
        }
      }
    }
    midId = id(HeaderExtensionType.MID);
    ridId = id(HeaderExtensionType.RID);
    repairedRidId = id(HeaderExtensionType.REPAIRED_RID);
    descriptorId = id(HeaderExtensionType.DEPENDENCY_DESCRIPTOR);
  }

  private void claim(int payloadType, int section) {
    boolean free = sections[payloadType] == NONE || sections[payloadType] == section;
    sections[payloadType] = free ? section : AMBIGUOUS;
  }

  private int id(HeaderExtensionType type) {
    return media.stream()
        .flatMap(section -> section.extensions().stream())
        .filter(extension -> extension.type() == type)
        .mapToInt(NegotiatedExtension::id)
        .findFirst()
        .orElse(0);
  }

  List<IngestMedia> media() {
    return media;
  }

  /** The m-section by MID, else by payload type; or {@link #NONE}, or {@link #AMBIGUOUS}. */
  int section(byte[] b, int off) {
    Optional<String> mid = text(b, off, midId);
    if (mid.isPresent()) {
      for (int i = 0; i < media.size(); i++) {
        if (media.get(i).mid().equals(mid.get())) {
          return i;
        }
      }
    }
    return sections[RtpHeader.payloadType(b, off)];
  }

  boolean isRtx(byte[] b, int off) {
    return rtx[RtpHeader.payloadType(b, off)];
  }

  Optional<String> rid(byte[] b, int off) {
    return text(b, off, ridId);
  }

  Optional<String> repairedRid(byte[] b, int off) {
    return text(b, off, repairedRidId);
  }

  boolean hasDescriptor(byte[] b, int off) {
    return descriptorId != 0
        && HeaderExtensions.find(b, off, descriptorId) != HeaderExtensions.NONE;
  }

  private static Optional<String> text(byte[] b, int off, int id) {
    if (id == 0) {
      return Optional.empty();
    }
    long element = HeaderExtensions.find(b, off, id);
    return element == HeaderExtensions.NONE || HeaderExtensions.length(element) == 0
        ? Optional.empty()
        : Optional.of(
            new String(
                b,
                HeaderExtensions.offset(element),
                HeaderExtensions.length(element),
                StandardCharsets.US_ASCII));
  }
}
