package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtpPacket;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Sorts received packets by SSRC and puts retransmissions where they belong. Thread-safe. */
final class Receiver {
  private static final int MOST_NACKED_AT_ONCE = 100;

  private final Map<Integer, Codec> codecs = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> rtxPayloadTypes = new ConcurrentHashMap<>();
  private final Map<Long, Long> rtxSsrcs = new ConcurrentHashMap<>();
  private final Map<Long, StreamLog> streams = new ConcurrentHashMap<>();
  private final Map<Long, String> rids = new ConcurrentHashMap<>();
  private final AtomicInteger rtxPackets = new AtomicInteger();
  private final AtomicInteger malformed = new AtomicInteger();
  private final ArrivalLog arrivals = new ArrivalLog();
  private volatile Map<String, Integer> extensionIds = Map.of();

  /** Learns what may come; {@code fid} maps SSRCs of retransmissions to what they repeat. */
  void expect(Negotiated media, Map<Long, Long> fid) {
    codecs.putAll(media.codecs());
    rtxPayloadTypes.putAll(media.rtx());
    rtxSsrcs.putAll(fid);
    Map<String, Integer> ids = new HashMap<>(extensionIds);
    ids.putAll(media.extensionIds());
    extensionIds = Map.copyOf(ids);
  }

  void received(byte[] data) {
    RtpPacket packet;
    try {
      packet = RtpPacket.parse(data);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      malformed.incrementAndGet();
      return;
    }
    learnArrival(packet);
    Integer repeated = rtxPayloadTypes.get(packet.payloadType());
    if (repeated == null) {
      learnRid(packet, Extensions.RID);
      log(packet).add(packet);
      return;
    }
    rtxPackets.incrementAndGet();
    if (packet.payload().length >= 2) {
      learnRid(packet, Extensions.REPAIRED_RID);
      restore(packet, repeated);
    } // shorter: padding that only probes for bandwidth
  }

  private void restore(RtpPacket rtx, int payloadType) {
    Long original = rtxSsrcs.get(rtx.ssrc());
    if (original == null) {
      original = guessOriginal(rtx, payloadType);
      if (original == null) {
        return;
      }
      rtxSsrcs.put(rtx.ssrc(), original);
    }
    RtpPacket packet = rtx.fromRtx(payloadType, original);
    log(packet).add(packet);
  }

  /** Without an FID group: the stream with the same RID, or the one that misses the packet. */
  private @Nullable Long guessOriginal(RtpPacket rtx, int payloadType) {
    int number = rtx.fromRtx(payloadType, 0).sequenceNumber();
    String rid = rids.get(rtx.ssrc());
    for (Map.Entry<Long, StreamLog> entry : streams.entrySet()) {
      boolean sameRid = rid != null && rid.equals(rids.get(entry.getKey()));
      boolean misses = rid == null && entry.getValue().misses(number);
      if (sameRid || misses) {
        return entry.getKey();
      }
    }
    return null;
  }

  private void learnArrival(RtpPacket packet) {
    byte[] value = extension(packet, Extensions.TRANSPORT_CC);
    if (value != null && value.length >= 2) {
      int sequence = (value[0] & 0xff) << 8 | (value[1] & 0xff);
      arrivals.add(sequence, System.nanoTime() / 1000);
    }
  }

  private byte @Nullable [] extension(RtpPacket packet, String uri) {
    Integer id = extensionIds.get(uri);
    return id == null ? null : packet.extensions().get(id);
  }

  private void learnRid(RtpPacket packet, String uri) {
    byte[] value = extension(packet, uri);
    if (value != null) {
      rids.put(packet.ssrc(), new String(value, StandardCharsets.US_ASCII));
    }
  }

  private StreamLog log(RtpPacket packet) {
    return streams.computeIfAbsent(
        packet.ssrc(), ssrc -> new StreamLog(ssrc, codecs.get(packet.payloadType())));
  }

  /** The RID that came with this SSRC; null when none did. */
  @Nullable String rid(long ssrc) {
    return rids.get(ssrc);
  }

  ArrivalLog arrivals() {
    return arrivals;
  }

  int rtxPackets() {
    return rtxPackets.get();
  }

  int malformed() {
    return malformed.get();
  }

  List<StreamReport> reports() {
    return new ArrayList<>(streams.values()).stream().map(StreamLog::report).toList();
  }

  Map<Long, StreamLog> streams() {
    return Map.copyOf(streams);
  }

  /** Hands over what each video stream misses now. */
  void forMissing(BiConsumer<Long, List<Integer>> consumer) {
    streams.forEach(
        (ssrc, log) -> {
          Codec codec = log.codec();
          List<Integer> missing = log.missing(MOST_NACKED_AT_ONCE);
          if (codec != null && codec.isVideo() && !missing.isEmpty()) {
            consumer.accept(ssrc, missing);
          }
        });
  }
}
