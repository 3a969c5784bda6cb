package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.media.Codec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was received with one SSRC, at one moment. Immutable.
 *
 * @param codec by the payload type of the first packet; null for an unknown one
 * @param packets different packets, recovered ones included
 * @param missing sequence numbers between the first and the last that never came
 * @param duplicates packets that came again
 * @param recovered packets that came late, by RTX or plainly repeated
 * @param frames different timestamps
 * @param keyframes different timestamps of keyframes
 * @param timestampRegressions how often, in the order of sequence numbers, time went backwards
 * @param pictureIdGaps how often, with no packet missing in between, the picture id of the next
 *     frame was not one more than before
 * @param tl0Regressions how often, with no packet missing in between, TL0PICIDX went backwards
 * @param payloadTypes all seen
 * @param extensionIds ids of all header extensions seen
 * @param sizes of VP8 keyframes, "640x360", in the order of their first appearance
 * @param lastSize of the newest VP8 keyframe; empty when there is none
 * @param framesBySize frames that came with each size of VP8, from each keyframe on to the next
 * @param runs packets in the order of their numbers, by the senders that marked them
 * @param longestStep by how much timestamps grew at most from one packet to the next
 * @param payloadBytes without headers, recovered packets included
 */
public record StreamReport(
    long ssrc,
    @Nullable Codec codec,
    int packets,
    int missing,
    int duplicates,
    int recovered,
    int frames,
    int keyframes,
    int timestampRegressions,
    int pictureIdGaps,
    int tl0Regressions,
    Set<Integer> payloadTypes,
    Set<Integer> extensionIds,
    List<String> sizes,
    String lastSize,
    Map<String, Integer> framesBySize,
    List<Run> runs,
    long longestStep,
    long payloadBytes,
    long firstTimestamp,
    long lastTimestamp) {
  /** Fillers end with less. */
  static final int LOWEST_MARK = 0x80;

  /**
   * Packets of one sender after another.
   *
   * @param mark the sender's ({@link MediaSender#mark})
   * @param keyframe whether the first one begins a keyframe
   */
  public record Run(int mark, int packets, boolean keyframe) {}

  public StreamReport {
    payloadTypes = Set.copyOf(payloadTypes);
    extensionIds = Set.copyOf(extensionIds);
    sizes = List.copyOf(sizes);
    runs = List.copyOf(runs);
    framesBySize = Map.copyOf(framesBySize);
  }

  /** The marks of the senders behind it, one after another. */
  public List<Integer> marks() {
    return runs.stream().map(Run::mark).toList();
  }

  /** Whether sequence numbers, timestamps and picture ids are as one sender would number them. */
  public boolean isContinuous() {
    return missing == 0 && timestampRegressions == 0 && pictureIdGaps == 0 && tl0Regressions == 0;
  }
}
