package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.extension.SdesText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a stream is whose SSRC was not signalled, from one of its packets: by RID or
 * repaired RID (RFC 8852), then by MID, at last by its payload type alone (RFC 9143 §9.2).
 */
final class StreamLearner {
  private static final int NOT_NEGOTIATED = 0;

  private final List<IncomingMedia> media;
  private final int midId;
  private final int ridId;
  private final int repairedRidId;

  StreamLearner(List<IncomingMedia> media) {
    this.media = media;
    midId = id(media, HeaderExtensionType.MID);
    ridId = id(media, HeaderExtensionType.RID);
    repairedRidId = id(media, HeaderExtensionType.REPAIRED_RID);
  }

  /**
   * What a packet told.
   *
   * @param rid of the encoding, or of the encoding that is repaired
   */
  record Finding(IncomingMedia media, Optional<String> rid, boolean retransmission) {}

  /** The extension's id at this publisher: one for all bundled m-sections (RFC 9143 §7.2). */
  static int id(List<IncomingMedia> media, HeaderExtensionType type) {
    return media.stream()
        .map(IncomingMedia::plan)
        .map(IngestMedia::extensions)
        .flatMap(List::stream)
        .filter(e -> e.type() == type)
        .mapToInt(NegotiatedExtension::id)
        .findFirst()
        .orElse(NOT_NEGOTIATED);
  }

  /** What the stream of this valid packet is; null when that cannot be told (yet). */
  @Nullable Finding learn(byte[] b, int off) {
    int payloadType = RtpHeader.payloadType(b, off);
    Optional<String> repaired = text(b, off, repairedRidId);
    Optional<String> rid = repaired.isPresent() ? repaired : text(b, off, ridId);
    IncomingMedia found = media(payloadType, text(b, off, midId), rid);
    if (found == null) {
      return null;
    }
    boolean retransmission = repaired.isPresent() || found.retransmits(payloadType) >= 0;
    if (!found.isSimulcast()) {
      // One encoding: some senders put a RID on it that they did not signal.
      return new Finding(found, found.plan().encodings().get(0).rid(), retransmission);
    }
    return rid.isPresent() ? new Finding(found, rid, retransmission) : null;
  }

  /** Whether this valid packet may be of several m-sections, and does not tell of which. */
  boolean isAmbiguous(byte[] b, int off) {
    int payloadType = RtpHeader.payloadType(b, off);
    return text(b, off, midId).isEmpty()
        && media.stream().filter(each -> each.has(payloadType)).count() > 1;
  }

  /** The only m-section that fits; null when none does, or several. */
  private @Nullable IncomingMedia media(
      int payloadType, Optional<String> mid, Optional<String> rid) {
    IncomingMedia found = null;
    for (IncomingMedia each : media) {
      if (each.has(payloadType)
          && (mid.isEmpty() || mid.get().equals(each.plan().mid()))
          && (rid.isEmpty() || each.expects(rid.get()))) {
        if (found != null) {
          return null;
        }
        found = each;
      }
    }
    return found;
  }

  private static Optional<String> text(byte[] b, int off, int id) {
    long element = id == NOT_NEGOTIATED ? HeaderExtensions.NONE : HeaderExtensions.find(b, off, id);
    return element == HeaderExtensions.NONE
        ? Optional.empty()
        : Optional.of(SdesText.read(b, element));
  }
}
