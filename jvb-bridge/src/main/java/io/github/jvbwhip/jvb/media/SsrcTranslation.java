package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * From the SSRCs of one publisher's streams to those that they have in the conference, and back.
 * The bridge tells the sources of a conference apart by SSRC alone, and publishers choose theirs as
 * they like, some always the same: so those of the conference are chosen here.
 *
 * <p>An SSRC keeps its translation, also when the stream comes back after a pause: the bridge keeps
 * the state of its decryption by it. Thread-safe; to translate takes no lock and allocates nothing.
 */
public final class SsrcTranslation {
  /** Translates nothing. */
  public static final long NONE = -1;

  /** More than a publisher has in a day; the bridge itself keeps the state of so many. */
  private static final int MAX_SSRCS = 1024;

  private final LongUnaryOperator choice;

  /** By the publisher's; in order of their last use, so that those in use stay. */
  private final Map<Long, Long> chosen = new LinkedHashMap<>(16, 0.75f, true);

  private final long stranger;
  private volatile SsrcTable<Long> conference = SsrcTable.of(Map.of());
  private volatile SsrcTable<Long> publisher = SsrcTable.of(Map.of());

  private SsrcTranslation(LongUnaryOperator choice) {
    this.choice = choice;
    this.stranger = choice.applyAsLong(0);
  }

  /** Chooses at random (RFC 3550 §8.1). */
  public static SsrcTranslation random(RandomGenerator random) {
    return new SsrcTranslation(ssrc -> random.nextLong(1, 0x1_0000_0000L));
  }

  /** For bridges in which streams cannot get others: each keeps its own. */
  public static SsrcTranslation identity() {
    return new SsrcTranslation(ssrc -> ssrc);
  }

  /**
   * A stream of the publisher is known.
   *
   * @return what it has in the conference
   */
  public synchronized long add(long ssrc) {
    Long known = chosen.get(ssrc);
    if (known != null) {
      return known;
    }
    if (chosen.size() == MAX_SSRCS) {
      chosen.remove(chosen.keySet().iterator().next());
    }
    long next = choice.applyAsLong(ssrc);
    chosen.put(ssrc, next);
    Map<Long, Long> back = new LinkedHashMap<>();
    chosen.forEach((own, translated) -> back.put(translated, own));
    publisher = SsrcTable.of(back);
    conference = SsrcTable.of(chosen);
    return next;
  }

  /** What a stream of the publisher has in the conference; {@link #NONE} for unknown ones. */
  public long toConference(long ssrc) {
    Long known = conference.get(ssrc);
    return known == null ? NONE : known;
  }

  /** The publisher's own of a stream in the conference; {@link #NONE} for those of others. */
  public long toPublisher(long ssrc) {
    Long known = publisher.get(ssrc);
    return known == null ? NONE : known;
  }

  /** What all has in the conference that is sent with an unknown SSRC: that of nobody's source. */
  public long stranger() {
    return stranger;
  }
}
