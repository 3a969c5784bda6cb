package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Learns the SSRCs of a publisher that did not signal them, from the RTP stream ids of its first
 * packets (RFC 8852), and says which packets have to wait until the bridge knows their SSRC.
 *
 * <p>Thread-safe. A packet of a known SSRC takes no lock and allocates nothing.
 */
public final class SsrcLearner {
  /** What to do with a packet. */
  public enum Verdict {
    /** The bridge knows the SSRC, or it is none of ours. */
    PASS,
    /** Keep it until {@link #accept} names its SSRC. */
    HOLD,
    /** As {@link #HOLD}, and something new was learnt. */
    HOLD_NEWS
  }

  /** No client has more; a hostile one learns no further ones. */
  private static final int MAX_SSRCS = 32;

  /** With the SSRCs that the publisher's packets have. */
  private static final class KnownStream {
    final int section;
    final int index;
    final Optional<String> rid;
    final long ssrc;
    OptionalLong rtxSsrc;
    int payloadType = -1;
    boolean described;
    long bytes;
    long firstNanos;
    long lastNanos;

    KnownStream(int section, int index, Optional<String> rid, long ssrc, OptionalLong rtxSsrc) {
      this.section = section;
      this.index = index;
      this.rid = rid;
      this.ssrc = ssrc;
      this.rtxSsrc = rtxSsrc;
    }

    long bytesPerSecond() {
      long elapsed = lastNanos - firstNanos;
      return elapsed <= 0 ? bytes : (long) (bytes * 1e9 / elapsed);
    }
  }

  private final PlannedMedia planned;
  private final SsrcTranslation ssrcs;
  private final List<KnownStream> tracks = new ArrayList<>();
  private final List<Long> retransmissions = new ArrayList<>();
  private volatile long[] accepted = new long[0];
  private OptionalLong untold = OptionalLong.empty();
  private boolean saidUntold;

  /**
   * With what the offer has signalled.
   *
   * @param ssrcs gets all SSRCs that become known
   */
  public SsrcLearner(List<IngestMedia> media, SsrcTranslation ssrcs) {
    this.planned = new PlannedMedia(media);
    this.ssrcs = ssrcs;
    for (int section = 0; section < media.size(); section++) {
      List<PlannedEncoding> encodings = media.get(section).encodings();
      for (int index = 0; index < encodings.size(); index++) {
        PlannedEncoding encoding = encodings.get(index);
        if (encoding.ssrc().isPresent()) {
          long ssrc = encoding.ssrc().getAsLong();
          tracks.add(new KnownStream(section, index, encoding.rid(), ssrc, encoding.rtxSsrc()));
          encoding.rtxSsrc().ifPresent(retransmissions::add);
        }
      }
    }
  }

  /** What to do with an SRTP packet, whose header is valid. */
  public Verdict packet(byte[] b, int off, int len, long nowNanos) {
    long ssrc = RtpHeader.ssrc(b, off);
    for (long known : accepted) {
      if (known == ssrc) {
        return Verdict.PASS;
      }
    }
    return unknown(b, off, len, ssrc, nowNanos);
  }

  private synchronized Verdict unknown(byte[] b, int off, int len, long ssrc, long nowNanos) {
    int section = planned.section(b, off);
    if (section == PlannedMedia.NONE) {
      return Verdict.PASS;
    }
    if (planned.isRtx(b, off)) {
      return retransmission(b, off, ssrc, section);
    }
    KnownStream track = track(ssrc);
    boolean news = false;
    if (track == null) {
      Optional<String> rid = planned.rid(b, off);
      int index = index(section, rid, ssrc);
      if (index < 0 || tracks.size() >= MAX_SSRCS) {
        return Verdict.PASS;
      }
      track = new KnownStream(section, index, rid, ssrc, OptionalLong.empty());
      tracks.add(track);
      news = true;
    }
    if (track.firstNanos == 0) {
      track.firstNanos = nowNanos;
    }
    track.lastNanos = nowNanos;
    track.bytes += len;
    track.payloadType = RtpHeader.payloadType(b, off);
    track.described |= planned.hasDescriptor(b, off);
    return news ? Verdict.HOLD_NEWS : Verdict.HOLD;
  }

  private Verdict retransmission(byte[] b, int off, long ssrc, int section) {
    if (retransmissions.contains(ssrc)) {
      return Verdict.HOLD;
    }
    int index = index(section, planned.repairedRid(b, off), ssrc);
    KnownStream original = index < 0 ? null : newest(section, index);
    if (original == null || retransmissions.size() >= MAX_SSRCS) {
      return Verdict.PASS;
    }
    original.rtxSsrc = OptionalLong.of(ssrc);
    retransmissions.add(ssrc);
    return Verdict.HOLD_NEWS;
  }

  /** The encoding of that RID; without a RID the only one; -1 when that cannot be told. */
  private int index(int section, Optional<String> rid, long ssrc) {
    if (section == PlannedMedia.AMBIGUOUS) {
      untold = OptionalLong.of(ssrc);
      return -1;
    }
    List<PlannedEncoding> encodings = planned.media().get(section).encodings();
    for (int i = 0; i < encodings.size(); i++) {
      if (rid.isPresent() && encodings.get(i).rid().equals(rid)) {
        return i;
      }
    }
    return encodings.size() == 1 ? 0 : -1;
  }

  private @Nullable KnownStream track(long ssrc) {
    return tracks.stream().filter(t -> t.ssrc == ssrc).findFirst().orElse(null);
  }

  private @Nullable KnownStream newest(int section, int index) {
    KnownStream newest = null;
    for (KnownStream track : tracks) {
      if (track.section == section && track.index == index) {
        newest = track;
      }
    }
    return newest;
  }

  /** Whether there are packets that do not tell which m-section they are of. */
  public synchronized boolean hasUntold() {
    return untold.isPresent();
  }

  /** An SSRC whose packets do not tell which m-section they are of; said once. */
  public synchronized OptionalLong takeUntold() {
    if (saidUntold) {
      return OptionalLong.empty();
    }
    saidUntold = untold.isPresent();
    return untold;
  }

  /** All that is known, oldest first, with the SSRCs of the conference. */
  public synchronized List<LearntEncoding> encodings() {
    return tracks.stream().map(this::encoding).toList();
  }

  private LearntEncoding encoding(KnownStream track) {
    return new LearntEncoding(
        track.section,
        track.index,
        track.rid,
        ssrcs.add(track.ssrc),
        track.rtxSsrc.isPresent()
            ? OptionalLong.of(ssrcs.add(track.rtxSsrc.getAsLong()))
            : OptionalLong.empty(),
        track.payloadType,
        track.described,
        track.bytesPerSecond());
  }

  /** These will not come any more; should they come nevertheless, they are learnt anew. */
  public synchronized void forget(List<LearntEncoding> gone) {
    for (LearntEncoding encoding : gone) {
      tracks.removeIf(track -> ssrcs.add(track.ssrc) == encoding.ssrc());
      encoding.rtxSsrc().ifPresent(rtx -> retransmissions.remove(ssrcs.toPublisher(rtx)));
    }
  }

  /**
   * The bridge has been told about these encodings: their packets pass from now on.
   *
   * @return when the first packet came of each of them that has been held back so far
   */
  public synchronized List<Long> accept(List<LearntEncoding> encodings) {
    List<Long> waiting =
        encodings.stream()
            .map(e -> ssrcs.toPublisher(e.ssrc()))
            .filter(ssrc -> !isAccepted(ssrc))
            .flatMap(ssrc -> tracks.stream().filter(t -> t.ssrc == ssrc && t.firstNanos != 0))
            .map(t -> t.firstNanos)
            .toList();
    accepted =
        encodings.stream().flatMapToLong(LearntEncoding::ssrcs).map(ssrcs::toPublisher).toArray();
    return waiting;
  }

  /** Whether packets of that SSRC of the publisher's pass. */
  public boolean isAccepted(long ssrc) {
    for (long known : accepted) {
      if (known == ssrc) {
        return true;
      }
    }
    return false;
  }
}
