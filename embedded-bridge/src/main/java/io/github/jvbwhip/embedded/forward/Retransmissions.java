package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.rtp.PacketCache;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.Rtx;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The packets that one track sent lately, as they were sent, and how they are sent again: as RTX
 * (RFC 4588) where the player has a payload type for that, otherwise as the very same bytes. Not
 * thread-safe.
 */
final class Retransmissions {
  /** A small packet: there is room to know so many of them. */
  private static final int BYTES_PER_PACKET = 512;

  private static final long BETWEEN_ATTEMPTS_NANOS = 1_000_000_000L;
  private static final long MAX_AGE_NANOS = 3_000_000_000L;
  private static final int NONE = -1;

  private final TrackIdentity identity;
  private final int cacheBytes;
  private final CacheBudget budget;
  private final int[] rtxPayloadTypes = new int[128];
  private boolean wanted;
  private @Nullable PacketCache cache;
  private int taken;
  private boolean refused;
  private long refusedAt;
  private int rtxSequenceNumber;
  private int start;

  Retransmissions(TrackIdentity identity, EgressMedia media, RoomResources room) {
    this.identity = identity;
    this.cacheBytes = room.config.cacheBytes();
    this.budget = room.resending;
    rtxSequenceNumber = room.random.nextInt(0x8000);
    accept(media);
  }

  /** Takes over what the player negotiated. */
  void accept(EgressMedia media) {
    Arrays.fill(rtxPayloadTypes, NONE);
    boolean nack = false;
    for (NegotiatedCodec codec : media.codecs()) {
      rtxPayloadTypes[codec.payloadType()] =
          identity.rtxSsrc().isPresent() ? codec.rtxPayloadType().orElse(NONE) : NONE;
      nack |= codec.feedback().contains(Feedback.NACK);
    }
    // Who does not ask needs no cache: for audio, that is the rule.
    wanted = nack;
  }

  /** Keeps a copy of a packet that goes out. */
  void keep(int number, byte[] b, int at, int length, long now) {
    if (!wanted) {
      return;
    }
    if (cache == null) {
      cache = makeCache(now);
    }
    if (cache != null) {
      cache.put(number, b, at, length, now);
    }
  }

  /** With the first packet: a session that never gets one costs nothing. */
  private @Nullable PacketCache makeCache(long now) {
    if (refused && now - refusedAt < BETWEEN_ATTEMPTS_NANOS) {
      return null;
    }
    taken = budget.take(cacheBytes);
    refused = taken == 0;
    refusedAt = now;
    int packets = Integer.highestOneBit(taken / BYTES_PER_PACKET);
    return refused ? null : new PacketCache(taken, packets, MAX_AGE_NANOS);
  }

  /** Nothing is sent any more. */
  void free() {
    wanted = false;
    cache = null;
    budget.give(taken);
    taken = 0;
  }

  /**
   * Makes the packet that is sent instead of a lost one; it starts at {@link #start}.
   *
   * @param minInterval how long ago it must have been resent last, in nanoseconds
   * @return its length, or 0 when it is not known any more, or was resent a moment ago
   */
  int find(int number, byte[] buffer, PacketComposer composer, long minInterval, long now) {
    if (cache == null) {
      return 0;
    }
    // What was added to the packet is in it already: of room before it, RTX alone needs some.
    int at = Rtx.OVERHEAD;
    int length = cache.get(number, now, minInterval, buffer, at);
    if (length == PacketCache.NONE) {
      return 0;
    }
    int rtxPayloadType = rtxPayloadTypes[RtpHeader.payloadType(buffer, at)];
    if (rtxPayloadType == NONE) {
      start = at;
      return length;
    }
    start = at - Rtx.OVERHEAD;
    rtxSequenceNumber = rtxSequenceNumber + 1 & 0xFFFF;
    int longer =
        Rtx.encapsulate(
            buffer,
            at,
            length,
            buffer,
            start,
            rtxPayloadType,
            identity.rtxSsrc().orElseThrow(),
            rtxSequenceNumber);
    // Sent now: the time of the lost packet would look like congestion to the player.
    composer.writeSendTime(buffer, start, now);
    composer.repair(buffer, start);
    return longer;
  }

  int start() {
    return start;
  }
}
