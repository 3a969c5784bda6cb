package io.github.jvbwhip.load.media;

import io.github.jvbwhip.core.rtp.ArrivalTracker;
import io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival;
import io.github.jvbwhip.core.rtp.LossDetector;
import io.github.jvbwhip.core.rtp.rtcp.ReceptionStats;

/** What has come of one stream, and what of it is missing. Not thread-safe. */
public final class StreamReception {
  private static final int MOST_MISSING = 256;
  private static final int MOST_TRIES = 10;
  private static final long PATIENCE_NANOS = 10_000_000;

  private final ArrivalTracker arrivals = new ArrivalTracker();
  private final int clockRate;
  private long ssrc;
  private ReceptionStats stats = new ReceptionStats(0);
  private LossDetector losses = newLosses();
  private boolean started;
  private long first;
  private long highest;
  private long wanted;
  private long missingBefore;
  private long packets;
  private long repaired;
  private long reordered;
  private long duplicates;
  private long restarts;

  public StreamReception(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * A packet has come.
   *
   * @param source its SSRC, or of a retransmission that of what it repeats
   * @param retransmitted whether it came by RTX
   * @return what it is to the stream; RESTART when the stream begins anew with it
   */
  public Arrival received(
      long source, int sequenceNumber, long timestamp, boolean retransmitted, long now) {
    packets++;
    if (!retransmitted && started && source != ssrc) {
      restart(source, sequenceNumber, timestamp, now);
      return Arrival.RESTART;
    }
    if (!started && retransmitted) {
      return Arrival.STRAY;
    }
    Arrival arrival = arrivals.received(sequenceNumber, retransmitted);
    if (arrival == Arrival.RESTART) {
      restart(source, sequenceNumber, timestamp, now);
      return Arrival.RESTART;
    }
    if (arrival == Arrival.DUPLICATE) {
      duplicates++;
    }
    if (arrival.isWanted()) {
      take(arrival, source, timestamp, now);
    }
    return arrival;
  }

  private void take(Arrival arrival, long source, long timestamp, long now) {
    long number = arrivals.number();
    if (!started) {
      begin(source, number);
    }
    wanted++;
    first = Math.min(first, number);
    highest = Math.max(highest, number);
    boolean asked = losses.received(number, now);
    if (arrival == Arrival.REPAIRED || arrival == Arrival.LATE && asked) {
      repaired++;
    } else if (arrival == Arrival.LATE) {
      reordered++;
    }
    stats.received(number, timestamp, clockRate, now);
  }

  private void begin(long source, long number) {
    started = true;
    ssrc = source;
    stats = new ReceptionStats(source);
    first = number;
    highest = number;
  }

  private void restart(long source, int sequenceNumber, long timestamp, long now) {
    missingBefore = missing();
    restarts++;
    wanted = 0;
    started = false;
    losses = newLosses();
    arrivals.restart(sequenceNumber);
    take(Arrival.NEW, source, timestamp, now);
  }

  private static LossDetector newLosses() {
    return new LossDetector(MOST_MISSING, MOST_TRIES, PATIENCE_NANOS);
  }

  /** The extended number of the packet that was taken in last. */
  public long number() {
    return arrivals.number();
  }

  public boolean isStarted() {
    return started;
  }

  public long ssrc() {
    return ssrc;
  }

  /** For report blocks. */
  public ReceptionStats stats() {
    return stats;
  }

  /** For NACKs. */
  public LossDetector losses() {
    return losses;
  }

  /** Packets that have come, retransmissions and duplicates included. */
  public long packets() {
    return packets;
  }

  /** Packets that were missed and have come after all because they were asked for. */
  public long repaired() {
    return repaired;
  }

  /** Packets that others had overtaken. */
  public long reordered() {
    return reordered;
  }

  public long duplicates() {
    return duplicates;
  }

  /** Packets that are missing now, between the first and the newest. */
  public long missing() {
    return missingBefore + (started ? highest - first + 1 - wanted : 0);
  }

  /** How often the stream began anew. */
  public long restarts() {
    return restarts;
  }
}
