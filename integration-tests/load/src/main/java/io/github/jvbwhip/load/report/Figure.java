package io.github.jvbwhip.load.report;

import java.util.Locale;
import java.util.regex.Pattern;

/** What is counted, for one player or publisher, and in all. */
public enum Figure {
  /** RTP packets received, or sent. */
  PACKETS,
  /** Their bytes. */
  BYTES,
  AUDIO_PACKETS,
  VIDEO_PACKETS,
  RTX_PACKETS,
  /** Packets that came too late or never: what is missing now, and what was repaired. */
  VIDEO_LOST,
  /** Of these, those that came after all because they were asked for. */
  VIDEO_REPAIRED,
  AUDIO_LOST,
  REORDERED,
  DUPLICATES,
  /** Video packets that the generator itself has lost, as it was told to. */
  VIDEO_LOST_ON_PURPOSE,
  AUDIO_LOST_ON_PURPOSE,
  FRAMES,
  KEYFRAMES,
  FREEZES,
  FREEZE_MILLIS,
  STREAM_RESTARTS,
  /** Packets asked for, each time. */
  NACKED,
  /** PLI sent by players; PLI and FIR that publishers got. */
  KEYFRAME_REQUESTS,
  RETRANSMISSIONS,
  /** Packets whose SRTP tag was wrong. */
  NOT_AUTHENTIC,
  /** 429 and 503 on POST. */
  REFUSALS,
  CONNECTING,
  CONNECTED,
  FAILED,
  /** Connected, and without a picture (or packet) all the time. */
  UNSERVED,
  /** DELETE has been confirmed. */
  DELETED;

  private static final Pattern WORD = Pattern.compile("_(.)");

  /** The name in JSON. */
  public String key() {
    return WORD.matcher(name().toLowerCase(Locale.ROOT))
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
