package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.picture.KeyframeAnswers;
import io.github.jvbwhip.core.picture.Pace;
import io.github.jvbwhip.core.picture.PictureCache;
import io.github.jvbwhip.core.picture.PictureCursor;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one encoding of a publisher for players that join or switch, with the
 * conference's numbers. Thread-safe: one lock, which is held while a packet is copied.
 */
public final class KeptPicture {
  private final PictureCache cache;
  private final KeyframeAnswers answers = new KeyframeAnswers();
  private @Nullable Codec codec;
  private boolean closed;

  KeptPicture(PictureCache cache) {
    this.cache = cache;
  }

  /** A packet goes on to the conference. */
  public synchronized void add(
      byte[] b, int off, int len, boolean keyframe, @Nullable Codec of, long now) {
    if (closed) {
      return; // It was on its way when the publisher left.
    }
    if (of != codec) {
      cache.giveUp();
      codec = of;
    }
    if (keyframe) {
      answers.came(now);
    }
    cache.add(
        b, off, len, RtpHeader.sequenceNumber(b, off), keyframe, 0, answers.usefulNanos(), now);
  }

  /** The publisher is asked for a keyframe. */
  synchronized void asked(long now) {
    answers.asked(now);
  }

  /** Keeps nothing any more, whatever comes. */
  synchronized void close() {
    closed = true;
    cache.giveUp();
  }

  /**
   * Begins to read, with the keyframe.
   *
   * @param without whether the player sees nothing yet: anything is better
   * @return false where nothing is kept
   */
  public synchronized boolean begin(PictureCursor cursor, Pace pace, boolean without, long now) {
    return pace.begin(cache, cursor, without, OptionalLong.empty(), now);
  }

  /**
   * Reads the next packet, and has it copied.
   *
   * @return false when there is none for now
   */
  public synchronized boolean read(PictureCursor cursor, Consumer<PictureCursor> copy) {
    if (!cache.read(cursor)) {
      return false;
    }
    copy.accept(cursor);
    return true;
  }

  /** Whether there will be more for who has read so far: it was not given up meanwhile. */
  public synchronized boolean goesOn(PictureCursor cursor) {
    return cache.goesOn(cursor);
  }

  /** How many bytes there are from that place on. */
  public synchronized long bytesAfter(PictureCursor cursor) {
    return cache.bytesAfter(cursor);
  }
}
