package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.rtp.PacketRewriter;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.extension.AbsSendTime;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionInserter;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes a track's packets out of a publisher's: copies, rewrites the header, and adds the header
 * extensions that the bridge itself writes: the player's MID (RFC 9143 §14), the RID of one of
 * several encodings (RFC 8852) and the absolute send time, where negotiated. Built when a track is
 * set up; not thread-safe.
 */
final class PacketComposer {
  /** Room before the payload that added extensions may take: a MID of 255 bytes, and the rest. */
  static final int HEADROOM = 320;

  /** The result for a packet that the player has no payload type for. */
  static final int DROP = -1;

  private static final int NOT_NEGOTIATED = 0;

  private final byte[] mid;
  private final int midId;
  private final byte[] rid;
  private final int ridId;
  private final int repairedId;
  private final int sendTimeId;

  /** Where the composed packet starts. */
  private int start;

  /**
   * @param encoding the RID that its packets tell, if any
   */
  PacketComposer(EgressMedia media, Optional<String> encoding) {
    rid = encoding.orElse("").getBytes(StandardCharsets.UTF_8);
    boolean named = rid.length >= 1 && rid.length <= 255;
    ridId = named ? id(media, HeaderExtensionType.RID) : NOT_NEGOTIATED;
    repairedId = named ? id(media, HeaderExtensionType.REPAIRED_RID) : NOT_NEGOTIATED;
    byte[] bytes = media.mid().getBytes(StandardCharsets.UTF_8);
    mid = bytes;
    midId =
        bytes.length >= 1 && bytes.length <= 255
            ? id(media, HeaderExtensionType.MID)
            : NOT_NEGOTIATED;
    sendTimeId = id(media, HeaderExtensionType.ABS_SEND_TIME);
  }

  private static int id(EgressMedia media, HeaderExtensionType type) {
    return media.extensions().stream()
        .filter(e -> e.type() == type)
        .mapToInt(NegotiatedExtension::id)
        .findFirst()
        .orElse(NOT_NEGOTIATED);
  }

  /**
   * Makes the outgoing packet.
   *
   * @param from holds a packet that {@link RtpHeader#isValid} has passed
   * @param to has {@link #HEADROOM} more bytes than the packet, and what its sink needs
   * @return its length, or {@link #DROP}; it starts at {@link #start}
   */
  int compose(
      byte[] from,
      int off,
      int len,
      byte[] to,
      PacketRewriter rewriter,
      int sequenceNumber,
      long timestamp,
      long now) {
    start = HEADROOM;
    System.arraycopy(from, off, to, start, len);
    if (!rewriter.rewrite(to, start, sequenceNumber, timestamp)) {
      return DROP;
    }
    int length = len;
    if (midId != NOT_NEGOTIATED) {
      length = insert(to, length, midId, mid);
    }
    if (ridId != NOT_NEGOTIATED) {
      length = insert(to, length, ridId, rid);
    }
    if (sendTimeId != NOT_NEGOTIATED) {
      length = insert(to, length, sendTimeId, AbsSendTime.LENGTH);
      writeSendTime(to, start, now);
    }
    return length;
  }

  /** Writes the send time into a composed packet, where it has the element for it. */
  void writeSendTime(byte[] b, int at, long now) {
    if (sendTimeId != NOT_NEGOTIATED) {
      AbsSendTime.write(b, HeaderExtensions.find(b, at, sendTimeId), AbsSendTime.ofNanos(now));
    }
  }

  /** What a composed packet's encoding is called becomes what a retransmission repairs. */
  void repair(byte[] b, int at) {
    if (ridId != NOT_NEGOTIATED && repairedId != NOT_NEGOTIATED) {
      long element = HeaderExtensions.find(b, at, ridId);
      if (element != HeaderExtensions.NONE) {
        HeaderExtensions.setId(b, at, element, repairedId);
      }
    }
  }

  private int insert(byte[] b, int length, int id, byte[] text) {
    int longer = insert(b, length, id, text.length);
    long element = HeaderExtensions.find(b, start, id);
    if (element != HeaderExtensions.NONE && HeaderExtensions.length(element) == text.length) {
      System.arraycopy(text, 0, b, HeaderExtensions.offset(element), text.length);
    }
    return longer;
  }

  /** Adds an element into the headroom where the packet can take it; returns the new length. */
  private int insert(byte[] b, int length, int id, int elementLength) {
    int growth = HeaderExtensionInserter.growth(b, start, id, elementLength);
    if (growth == HeaderExtensionInserter.IMPOSSIBLE || growth > start) {
      return length;
    }
    int longer =
        HeaderExtensionInserter.insert(b, start, length, b, start - growth, id, elementLength);
    start -= growth;
    return longer;
  }

  /** Where the packet that was composed last starts. */
  int start() {
    return start;
  }
}
