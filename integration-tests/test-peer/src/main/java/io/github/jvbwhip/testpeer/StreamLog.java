package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.media.PayloadView;
import io.github.jvbwhip.testpeer.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every packet of one SSRC, by its extended sequence number; of those who stay for hours the newest
 * {@value #KEPT}. Thread-safe.
 */
final class StreamLog {
  private record Entry(RtpPacket packet, PayloadView view) {}

  private static final int LARGEST_GAP = 500;
  private static final int KEPT = 50_000;

  private final long ssrc;
  private final @Nullable Codec codec;
  private final TreeMap<Long, Entry> packets = new TreeMap<>();
  private final TreeSet<Long> missing = new TreeSet<>();
  private int duplicates;
  private int recovered;

  StreamLog(long ssrc, @Nullable Codec codec) {
    this.ssrc = ssrc;
    this.codec = codec;
  }

  @Nullable Codec codec() {
    return codec;
  }

  /** Adds a packet; a retransmission is counted as recovered when it fills a gap. */
  synchronized void add(RtpPacket packet) {
    long number = extend(packet.sequenceNumber());
    if (packets.containsKey(number)) {
      duplicates++;
      return;
    }
    if (missing.remove(number)) {
      recovered++;
    }
    if (!packets.isEmpty()) {
      long last = packets.lastKey();
      for (long gap = Math.max(last + 1, number - LARGEST_GAP); gap < number; gap++) {
        missing.add(gap);
      }
    }
    PayloadView view = PayloadView.of(codec == null ? Codec.OPUS : codec, packet.payload());
    packets.put(number, new Entry(packet, view));
    if (packets.size() > KEPT) {
      packets.pollFirstEntry();
      missing.headSet(packets.firstKey()).clear();
    }
  }

  /** Whether this log misses the packet with this (16-bit) number. */
  synchronized boolean misses(int sequenceNumber) {
    return missing.contains(extend(sequenceNumber));
  }

  /** 16-bit numbers of the packets that are missing now, the newest {@code limit} of them. */
  synchronized List<Integer> missing(int limit) {
    return missing.descendingSet().stream()
        .limit(limit)
        .map(number -> (int) (number & 0xffff))
        .toList();
  }

  /** The highest sequence number with its cycles (RFC 3550 section 6.4.1); 0 without packets. */
  synchronized long highest() {
    return packets.isEmpty() ? 0 : packets.lastKey();
  }

  synchronized List<RtpPacket> packets() {
    return packets.values().stream().map(Entry::packet).toList();
  }

  private long extend(int sequenceNumber) {
    if (packets.isEmpty()) {
      return 0x10000L + sequenceNumber; // room for packets that overtook the first one
    }
    long last = packets.lastKey();
    return last + (short) (sequenceNumber - (int) last);
  }

  synchronized StreamReport report() {
    Set<Integer> payloadTypes = new HashSet<>();
    Set<Integer> extensionIds = new HashSet<>();
    Set<Long> frames = new HashSet<>();
    Set<Long> keyframes = new HashSet<>();
    Set<String> sizes = new LinkedHashSet<>();
    String lastSize = "";
    Map<String, Integer> framesBySize = new HashMap<>();
    Continuity continuity = new Continuity();
    long bytes = 0;
    for (Map.Entry<Long, Entry> each : packets.entrySet()) {
      RtpPacket packet = each.getValue().packet;
      PayloadView view = each.getValue().view;
      payloadTypes.add(packet.payloadType());
      extensionIds.addAll(packet.extensions().keySet());
      bytes += packet.payload().length;
      boolean newFrame = frames.add(packet.timestamp());
      if (view.keyframeStart()) {
        keyframes.add(packet.timestamp());
      }
      if (view.width() >= 0) {
        lastSize = view.width() + "x" + view.height();
        sizes.add(lastSize);
      }
      if (newFrame && !lastSize.isEmpty()) {
        framesBySize.merge(lastSize, 1, Integer::sum);
      }
      // Receivers of VP8 wait for a missing picture; those of VP9 begin anew at each keyframe.
      boolean anew = codec == Codec.VP9 && view.keyframeStart();
      continuity.next(each.getKey(), packet, view, anew);
    }
    return new StreamReport(
        ssrc,
        codec,
        packets.size(),
        missing.size(),
        duplicates,
        recovered,
        frames.size(),
        keyframes.size(),
        continuity.timestampRegressions,
        continuity.pictureIdGaps,
        continuity.tl0Regressions,
        payloadTypes,
        extensionIds,
        new ArrayList<>(sizes),
        lastSize,
        framesBySize,
        continuity.runs,
        continuity.longestStep,
        bytes,
        packets.isEmpty() ? 0 : packets.firstEntry().getValue().packet.timestamp(),
        packets.isEmpty() ? 0 : packets.lastEntry().getValue().packet.timestamp());
  }

  /** Compares each packet with the one before it. */
  private static final class Continuity {
    private int timestampRegressions;
    private int pictureIdGaps;
    private int tl0Regressions;
    private long longestStep;
    private final List<StreamReport.Run> runs = new ArrayList<>();
    private @Nullable RtpPacket before;
    private long numberBefore;
    private int pictureId = -1;
    private int tl0 = -1;

    void next(long number, RtpPacket packet, PayloadView view, boolean anew) {
      RtpPacket last = before;
      boolean adjacent = last != null && number == numberBefore + 1;
      boolean newFrame = last == null || packet.timestamp() != last.timestamp();
      int step = last == null ? 0 : (int) (packet.timestamp() - last.timestamp());
      timestampRegressions += step < 0 ? 1 : 0;
      longestStep = Math.max(longestStep, step);
      addToRun(packet.payload(), view.keyframeStart());
      if (adjacent && !anew && view.pictureId() >= 0 && pictureId >= 0) {
        int modulus = pictureId > 127 || view.pictureId() > 127 ? 0x8000 : 0x80;
        int expected = newFrame ? (pictureId + 1) % modulus : pictureId;
        pictureIdGaps += view.pictureId() == expected ? 0 : 1;
      }
      if (adjacent && view.tl0PicIdx() >= 0 && tl0 >= 0) {
        tl0Regressions += (byte) (view.tl0PicIdx() - tl0) < 0 ? 1 : 0;
      }
      before = packet;
      numberBefore = number;
      pictureId = view.pictureId();
      tl0 = view.tl0PicIdx();
    }

    private void addToRun(byte[] payload, boolean keyframe) {
      int mark = payload.length == 0 ? 0 : payload[payload.length - 1] & 0xff;
      if (mark < StreamReport.LOWEST_MARK) {
        return;
      }
      int at = runs.size() - 1;
      if (at >= 0 && runs.get(at).mark() == mark) {
        StreamReport.Run run = runs.get(at);
        runs.set(at, new StreamReport.Run(mark, run.packets() + 1, run.keyframe()));
      } else {
        runs.add(new StreamReport.Run(mark, 1, keyframe));
      }
    }
  }
}
