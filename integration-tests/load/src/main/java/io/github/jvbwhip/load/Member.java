package io.github.jvbwhip.load;

import io.github.jvbwhip.load.client.Player;
import io.github.jvbwhip.load.client.Publisher;
import io.github.jvbwhip.load.client.Session;
import io.github.jvbwhip.load.client.Session.State;
import io.github.jvbwhip.load.client.SessionTimes;
import io.github.jvbwhip.load.report.Figure;
import io.github.jvbwhip.load.report.Tally;
import org.jspecify.annotations.Nullable;

/** One publisher or player of a run. To be read on its event loop. */
record Member(Session session, @Nullable Publisher publisher, @Nullable Player player) {
  /** A member that publishes. */
  static Member of(Session session, Publisher publisher) {
    return new Member(session, publisher, null);
  }

  /** A member that plays. */
  static Member of(Session session, Player player) {
    return new Member(session, null, player);
  }

  /** Adds what it has counted to that of its side. */
  void addTo(Tally publishers, Tally players, RunTimes times) {
    if (publisher != null) {
      addSession(publishers);
      add(publisher, publishers);
    }
    if (player != null) {
      addSession(players);
      add(player, players);
      addTimes(player, times);
    }
  }

  private void addSession(Tally tally) {
    State state = session.state();
    boolean connecting = state == State.SIGNALLING || state == State.CONNECTING;
    boolean wasConnected = session.times().connected() != 0;
    tally
        .add(Figure.CONNECTING, connecting ? 1 : 0)
        .add(Figure.CONNECTED, wasConnected && state != State.FAILED ? 1 : 0)
        .add(Figure.FAILED, state == State.FAILED ? 1 : 0)
        .add(Figure.DELETED, session.isDeleted() ? 1 : 0)
        .add(Figure.REFUSALS, session.refusals())
        .add(Figure.NOT_AUTHENTIC, session.refusedPackets());
  }

  private static void add(Publisher publisher, Tally tally) {
    tally
        .add(Figure.PACKETS, publisher.packets())
        .add(Figure.RETRANSMISSIONS, publisher.retransmissions())
        .add(Figure.KEYFRAMES, publisher.keyframes())
        .add(Figure.KEYFRAME_REQUESTS, publisher.keyframeRequests())
        .add(Figure.NACKED, publisher.nackedPackets());
  }

  private void add(Player own, Tally tally) {
    boolean served = own.decrypts() ? own.frames().keyframes() > 0 : own.firstRtp() != 0;
    boolean connected = session.times().connected() != 0 && session.state() != State.FAILED;
    tally
        .add(Figure.UNSERVED, connected && !served ? 1 : 0)
        .add(Figure.PACKETS, own.packets())
        .add(Figure.BYTES, own.bytes())
        .add(Figure.AUDIO_PACKETS, own.audio().packets())
        .add(Figure.VIDEO_PACKETS, own.video().packets())
        .add(Figure.RTX_PACKETS, own.rtxPackets())
        .add(Figure.VIDEO_LOST, own.video().missing() + own.video().repaired())
        .add(Figure.VIDEO_REPAIRED, own.video().repaired())
        .add(Figure.AUDIO_LOST, own.audio().missing() + own.audio().repaired())
        .add(Figure.VIDEO_LOST_ON_PURPOSE, own.videoLost(session.impairment()))
        .add(Figure.AUDIO_LOST_ON_PURPOSE, own.audioLost(session.impairment()))
        .add(Figure.REORDERED, own.video().reordered() + own.audio().reordered())
        .add(Figure.DUPLICATES, own.video().duplicates() + own.audio().duplicates())
        .add(Figure.STREAM_RESTARTS, own.video().restarts() + own.audio().restarts())
        .add(Figure.NACKED, own.feedback().nacked())
        .add(Figure.KEYFRAME_REQUESTS, own.feedback().keyframeRequests());
    if (own.decrypts()) {
      tally
          .add(Figure.FRAMES, own.frames().frames())
          .add(Figure.KEYFRAMES, own.frames().keyframes())
          .add(Figure.FREEZES, own.frames().freezes().count())
          .add(Figure.FREEZE_MILLIS, own.frames().freezes().nanos() / 1_000_000);
    }
  }

  private void addTimes(Player own, RunTimes times) {
    SessionTimes session = session().times();
    times.post(session.posted(), session.answered());
    times.connected(session.posted(), session.connected());
    times.firstRtp(session.posted(), own.firstRtp());
    if (own.firstRtp() != 0) {
      times.longestGap(own.longestGap());
    }
    if (own.frames().keyframes() > 0) {
      times.firstKeyframe(session.posted(), own.frames().firstKeyframeNanos());
    }
  }
}
