package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.metrics.PacketTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A player: its tracks, one for each m-section, and what is known of the way to it. The public
 * methods are thread-safe, they take the room's lock; all else is guarded by it.
 */
public final class Player implements TrackOwner {
  /**
   * Two NACKs for one loss within a round trip cause one retransmission; without one known: this.
   */
  private static final long DEFAULT_RESEND_INTERVAL_NANOS = 40_000_000L;

  private static final long MIN_RESEND_INTERVAL_NANOS = 10_000_000L;
  private static final int RESEND_BYTES_PER_TICK = 8_000;
  private static final int MAX_RESEND_BYTES = 256_000;

  private static final List<Optional<String>> ONE_STREAM = List.of(Optional.empty());

  private final RoomResources room;
  private final boolean viewer;
  private final LongConsumer changed;
  private final Runnable catchUpBegun;
  private final Optional<StreamName> pinned;
  private final PacketSink sink;
  private final String cname;
  private final List<OutgoingTrack> tracks = new ArrayList<>();
  private final LinkEstimate link = new LinkEstimate();
  private final PlayerFeedback feedback;
  private final SenderReports reports;
  private boolean open = true;
  private boolean connected;
  private int resendBytes = MAX_RESEND_BYTES;
  private long sentSinceTick;

  /**
   * @param viewer whether it counts as one
   * @param changed is told, under the room's lock, when the player is connected and when it leaves
   * @param catchUpBegun is told when there is something for {@link #catchUp}
   */
  Player(
      RoomResources room,
      Optional<StreamName> pinned,
      List<EgressMedia> media,
      boolean viewer,
      PacketSink sink,
      LongConsumer changed,
      Runnable catchUpBegun) {
    this.room = room;
    this.viewer = viewer;
    this.catchUpBegun = catchUpBegun;
    this.changed = changed;
    RandomGenerator random = room.random;
    this.pinned = pinned;
    this.sink = sink;
    // 96 random bits (RFC 7022 §4.2), as text.
    cname =
        Long.toString(random.nextLong() >>> 16, 36) + Long.toString(random.nextLong() >>> 16, 36);
    for (EgressMedia each : media) {
      boolean rtx = each.codecs().stream().anyMatch(codec -> codec.rtxPayloadType().isPresent());
      List<Optional<String>> rids = each.rids().stream().map(Optional::of).toList();
      for (Optional<String> rid : rids.isEmpty() ? ONE_STREAM : rids) {
        tracks.add(new OutgoingTrack(this, each, rid, TrackIdentity.random(rtx, random), room));
      }
    }
    feedback = new PlayerFeedback(tracks, link, room.buffer);
    reports = new SenderReports(tracks, sink, cname, room.clock, room.buffer);
  }

  // For its session.

  /** What is sent in each m-section, in order; does not change. */
  public List<SentSource> sources() {
    List<SentSource> sources = new ArrayList<>();
    for (OutgoingTrack track : tracks) {
      TrackIdentity identity = track.identity();
      sources.add(new SentSource(track.mid(), identity.ssrc(), identity.rtxSsrc(), cname));
    }
    return List.copyOf(sources);
  }

  /** What is sent now in each video m-section, in order. */
  public List<SentVideo> videos() {
    synchronized (room.lock) {
      return tracks.stream()
          .filter(track -> track.kind() == MediaKind.VIDEO)
          .map(OutgoingTrack::video)
          .toList();
    }
  }

  /** Takes what the player accepted of an offer; m-sections that are not there are not sent. */
  public void accept(List<EgressMedia> accepted) {
    synchronized (room.lock) {
      for (OutgoingTrack track : tracks) {
        Optional<EgressMedia> match =
            accepted.stream().filter(m -> m.mid().equals(track.mid())).findFirst();
        match.ifPresentOrElse(media -> accept(track, media), track::disable);
      }
    }
  }

  /** Of several encodings those are sent that are taken; where none is, there is one stream. */
  private void accept(OutgoingTrack track, EgressMedia accepted) {
    if (track.rid().isEmpty() || accepted.rids().contains(track.rid().get())) {
      track.accept(accepted);
    } else if (accepted.rids().isEmpty() && isFirst(track)) {
      track.acceptAlone(accepted);
    } else {
      track.disable();
    }
  }

  private boolean isFirst(OutgoingTrack track) {
    return tracks.stream().filter(each -> each.mid().equals(track.mid())).findFirst().orElseThrow()
        == track;
  }

  /** Media can be sent from now on. */
  public void connected(long now) {
    synchronized (room.lock) {
      if (!connected && open) {
        connected = true;
        tracks.forEach(track -> track.connected(now));
        changed.accept(now);
      }
    }
  }

  /** An RTCP packet has come from the player. */
  public void onRtcp(byte[] b, int off, int len, long now) {
    synchronized (room.lock) {
      if (connected) {
        feedback.received(b, off, len, now);
      }
    }
  }

  /**
   * Wishes for a layer in one m-section.
   *
   * @return false when there is no such m-section, or nothing that is published fits; the wish in
   *     force stays
   */
  public boolean selectLayer(String mid, LayerSelection wish, long now) {
    synchronized (room.lock) {
      for (OutgoingTrack track : tracks) {
        if (track.mid().equals(mid) && track.kind() == MediaKind.VIDEO && track.isAvailable(wish)) {
          track.select(wish, now);
          return true;
        }
      }
      return false;
    }
  }

  /** Packets that the player reported lost, and those that were sent again. */
  public LossCounters losses() {
    synchronized (room.lock) {
      long lost = 0;
      long resent = 0;
      OptionalLong roundTrip = OptionalLong.empty();
      for (OutgoingTrack track : tracks) {
        lost += track.sent().lost();
        resent += track.sent().resent();
        OptionalLong nanos = track.sent().roundTripNanos();
        roundTrip = nanos.isPresent() ? nanos : roundTrip;
      }
      return new LossCounters(lost, resent, roundTrip);
    }
  }

  /** What has become of the packets for it so far. */
  public PacketTotals totals() {
    synchronized (room.lock) {
      return tracks.stream()
          .map(OutgoingTrack::totals)
          .reduce(PacketTotals.NONE, PacketTotals::plus);
    }
  }

  /** Leaves the room. Idempotent. */
  public void close(long now) {
    synchronized (room.lock) {
      if (open) {
        open = false;
        connected = false;
        try {
          tracks.forEach(track -> track.follow(null, now));
        } finally {
          tracks.forEach(OutgoingTrack::free);
          changed.accept(now);
        }
      }
    }
  }

  // Under the room's lock.

  @Override
  public PacketSink sink() {
    return sink;
  }

  Optional<StreamName> pinned() {
    return pinned;
  }

  /** Those that show one media after the other, one for each m-section that is sent. */
  List<OutgoingTrack> leading(MediaKind kind) {
    Map<String, OutgoingTrack> first = new LinkedHashMap<>();
    for (OutgoingTrack track : tracks) {
      if (track.kind() == kind && track.isEnabled()) {
        first.putIfAbsent(track.mid(), track);
      }
    }
    return List.copyOf(first.values());
  }

  /** All streams of an m-section follow the same media. */
  void follow(OutgoingTrack leading, @Nullable IncomingMedia media, long now) {
    for (OutgoingTrack track : tracks) {
      if (track.mid().equals(leading.mid())) {
        track.follow(media, now);
      }
    }
  }

  boolean isClosed() {
    return !open;
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  /** Whether somebody sees what is sent. */
  boolean isViewer() {
    return connected && viewer;
  }

  @Override
  public void catchUpBegun() {
    catchUpBegun.run();
  }

  /** Sends on to those tracks that catch up; returns how many bytes, of so many at most. */
  int catchUp(int most, long now) {
    int left = most;
    for (OutgoingTrack track : tracks) {
      left -= track.catchUp(left, room.packet, room.buffer, now);
    }
    return most - left;
  }

  boolean isCatchingUp() {
    return tracks.stream().anyMatch(OutgoingTrack::isCatchingUp);
  }

  @Override
  public void countSent(int length) {
    sentSinceTick += length;
  }

  @Override
  public long resendInterval() {
    for (int i = 0; i < tracks.size(); i++) { // For every packet asked for: without an iterator.
      OptionalLong roundTrip = tracks.get(i).sent().roundTripNanos();
      if (roundTrip.isPresent()) {
        return Math.max(MIN_RESEND_INTERVAL_NANOS, roundTrip.getAsLong());
      }
    }
    return DEFAULT_RESEND_INTERVAL_NANOS;
  }

  @Override
  public boolean mayResend(int length) {
    if (resendBytes < length) {
      return false;
    }
    resendBytes -= length;
    return true;
  }

  /** Some times a second: half of what is sent may be sent again; new sources are reported. */
  void tick(long now) {
    long more = RESEND_BYTES_PER_TICK + sentSinceTick / 2;
    resendBytes = (int) Math.min(MAX_RESEND_BYTES, resendBytes + more);
    sentSinceTick = 0;
    if (connected) {
      reports.sendDue(now);
    }
  }

  /** Once a second: which layers, and sender reports. */
  void tickSecond(long now) {
    OptionalLong estimate = estimate(now);
    for (OutgoingTrack track : tracks) {
      track.chooseLayer(estimate, loss(now), now);
      track.sent().roll(now);
    }
    if (connected) {
      reports.sendAll(now);
    }
  }

  /** The estimate for one video track, where there is one: an equal share for each. */
  @Override
  public OptionalLong estimate(long now) {
    OptionalLong whole = link.bitrate(now);
    int videos = 0;
    for (OutgoingTrack track : tracks) {
      videos += track.kind() == MediaKind.VIDEO && track.current().isPresent() ? 1 : 0;
    }
    return whole.isPresent() ? OptionalLong.of(whole.getAsLong() / Math.max(1, videos)) : whole;
  }

  @Override
  public double loss(long now) {
    return link.loss(now);
  }
}
