package io.github.jvbwhip.testpeer.sdp;

import io.github.jvbwhip.testpeer.media.Codec;
import java.util.List;
import java.util.Map;

/**
 * One m-section of an offer.
 *
 * @param extensions header extension ids to URIs
 * @param rids RIDs of the encodings; empty for a single encoding without RID simulcast
 * @param ssrcLines whether {@code a=ssrc} lines declare what is sent
 * @param msid whether there is an {@code a=msid}
 */
public record MediaSpec(
    Kind kind,
    String mid,
    Direction direction,
    List<CodecSpec> codecs,
    Map<Integer, String> extensions,
    List<String> rids,
    boolean ssrcLines,
    boolean msid) {
  /** What the m-section carries. */
  public enum Kind {
    AUDIO,
    VIDEO
  }

  /** Where media flows, as its writer sees it. */
  public enum Direction {
    SENDONLY,
    RECVONLY
  }

  private static final Map<Integer, String> AUDIO_EXTENSIONS =
      Map.of(
          1, Extensions.AUDIO_LEVEL,
          2, Extensions.ABS_SEND_TIME,
          3, Extensions.TRANSPORT_CC,
          4, Extensions.MID);
  private static final Map<Integer, String> VIDEO_EXTENSIONS =
      Map.of(
          2, Extensions.ABS_SEND_TIME,
          3, Extensions.TRANSPORT_CC,
          4, Extensions.MID,
          10, Extensions.RID,
          11, Extensions.REPAIRED_RID);

  public MediaSpec {
    codecs = List.copyOf(codecs);
    extensions = Map.copyOf(extensions);
    rids = List.copyOf(rids);
  }

  /** Opus as a browser has it, with payload type 111. */
  public static MediaSpec audio(Direction direction) {
    return new MediaSpec(
        Kind.AUDIO,
        "0",
        direction,
        List.of(CodecSpec.opus(111)),
        AUDIO_EXTENSIONS,
        List.of(),
        direction == Direction.SENDONLY,
        direction == Direction.SENDONLY);
  }

  /** Video as a browser has it: the codecs get payload types 96, 98, ... with RTX in between. */
  public static MediaSpec video(Direction direction, Codec... codecs) {
    List<CodecSpec> specs = new java.util.ArrayList<>();
    for (Codec codec : codecs) {
      specs.add(CodecSpec.video(codec, 96 + 2 * specs.size()));
    }
    return new MediaSpec(
        Kind.VIDEO,
        "1",
        direction,
        specs,
        VIDEO_EXTENSIONS,
        List.of(),
        direction == Direction.SENDONLY,
        direction == Direction.SENDONLY);
  }

  /** The same with RID simulcast, and without SSRC lines as all clients do it. */
  public MediaSpec withRids(String... names) {
    return new MediaSpec(kind, mid, direction, codecs, extensions, List.of(names), false, msid);
  }

  /** The same with other codecs. */
  public MediaSpec withCodecs(CodecSpec... other) {
    return new MediaSpec(kind, mid, direction, List.of(other), extensions, rids, ssrcLines, msid);
  }

  /** The same with other header extensions. */
  public MediaSpec withExtensions(Map<Integer, String> other) {
    return new MediaSpec(kind, mid, direction, codecs, other, rids, ssrcLines, msid);
  }

  /** The same with another mid. */
  public MediaSpec withMid(String other) {
    return new MediaSpec(kind, other, direction, codecs, extensions, rids, ssrcLines, msid);
  }
}
