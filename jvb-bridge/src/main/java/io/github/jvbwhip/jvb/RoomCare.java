package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.room.ConferenceStage;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after those who are in a room: learns what publishers send, shows players what they should
 * see, and ends whoever has nothing left to be there for. Confined to the room's line of decisions;
 * what only enqueues may be called on any thread.
 */
final class RoomCare {
  private static final Logger LOG = LoggerFactory.getLogger(RoomCare.class);

  private final RoomTasks tasks;
  private final RoomMembers members;
  private final RoomConference conference;
  private final RoomLinks links;
  private final Optional<RoomAudience> audience;
  private final ObservedRoom observed;
  private final RoomMonitor monitor;
  private final AtomicBoolean refreshAsked = new AtomicBoolean();
  private final AtomicBoolean tickAsked = new AtomicBoolean();
  private ConferenceStage.Order shown = ConferenceStage.Order.NONE;
  private boolean flowed;
  private Object occupancy = this;
  private Object lastMeasured = this;
  private Object tidied = this;

  RoomCare(
      RoomTasks tasks,
      RoomMembers members,
      RoomConference conference,
      RoomLinks links,
      Optional<RoomAudience> audience,
      ObservedRoom observed,
      RoomMonitor monitor) {
    this.tasks = tasks;
    this.members = members;
    this.conference = conference;
    this.links = links;
    this.audience = audience;
    this.observed = observed;
    this.monitor = monitor;
  }

  /** SSRCs of a publisher may have become known. */
  void learnLater(JvbIngest ingest) {
    Runnable learn = () -> learn(ingest, tasks.nanoTime());
    tasks.execute(learn);
    tasks.later(SourceGroups.MEASURE_NANOS, learn);
    tasks.later(SourceGroups.PATIENCE_NANOS, learn);
  }

  private void learn(JvbIngest ingest, long nowNanos) {
    List<LearntEncoding> known = ingest.known();
    OptionalLong clash = members.claimMoreSsrcs(ingest.id(), known);
    if (clash.isPresent()) {
      ingest.end(EndReason.SSRC_IN_USE, "another publisher sends with SSRC " + clash.getAsLong());
    } else {
      ingest.learn(known, nowNanos);
    }
  }

  /** What was learnt of it has been told to the bridge. */
  void showLearnt(JvbIngest ingest) {
    long now = tasks.nanoTime();
    refresh(now, false); // First: players are to get the keyframe it begins with.
    ingest.release();
    learn(ingest, now); // More may have become known while the bridge was told.
  }

  /** One refresh does for all that ask before it begins. */
  void refreshLater() {
    if (!refreshAsked.getAndSet(true)) {
      tasks.execute(
          () -> {
            refreshAsked.set(false);
            refresh(tasks.nanoTime(), false);
          });
    }
  }

  /** Tells what the room is like, and shows every player what it should see. Decides. */
  private void refresh(long nowNanos, boolean measured) {
    audience.ifPresent(RoomAudience::settle);
    ConferenceStage.Order order = monitor.look(nowNanos, measured).ranked();
    boolean changed = !order.equals(shown);
    shown = order;
    links.look(nowNanos, measured);
    for (JvbEgress player : members.players()) {
      if (changed || !player.isSettled(nowNanos)) {
        alone(player, () -> player.show(order, nowNanos));
      }
    }
  }

  /** A fault costs the session that it is in, and no other. */
  @SuppressWarnings("IllegalCatch")
  private static void alone(JvbEndpoint endpoint, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("Endpoint {} failed", endpoint.id(), e);
      endpoint.end(EndReason.INTERNAL, "a fault in the bridge: " + e);
    }
  }

  /**
   * Has everybody looked after, a few times a second. Only enqueues.
   *
   * @param measure whether to measure what comes in, about once a second
   */
  void tickLater(boolean measure) {
    var unused = tasks.isHanging(); // Counts it.
    if (!tickAsked.getAndSet(true)) {
      tasks.execute(
          () -> {
            tickAsked.set(false);
            tick(tasks.nanoTime(), measure);
          });
    }
  }

  private void tick(long nowNanos, boolean measure) {
    if (measure) {
      conference.look(
          members.publishers().isEmpty() && members.openings() == 0 && !links.haveStreams());
      gather();
    }
    Object occupancyNow = conference.occupancy();
    boolean expired = occupancyNow != occupancy;
    occupancy = occupancyNow;
    for (JvbIngest publisher : members.publishers()) {
      alone(
          publisher,
          () -> {
            publisher.watch(expired, nowNanos);
            learn(publisher, nowNanos);
            if (measure) {
              publisher.sample(nowNanos);
            }
          });
    }
    for (JvbEgress player : members.players()) {
      alone(player, () -> player.watch(expired, nowNanos));
    }
    links.watch();
    if (measure) {
      countPackets();
      forgetSources();
    }
    Optional<String> watcher = audience.flatMap(RoomAudience::endpointId);
    conference.foreign().filter(c -> c.hasVisitorsOnly(watcher)).ifPresent(this::leave);
    refresh(nowNanos, measure);
  }

  /**
   * A second after each change, since the bridge's own tasks may be at work until then; also where
   * somebody comes or goes all the time.
   */
  private void forgetSources() {
    if (lastMeasured != tidied) {
      conference.present().ifPresent(HostConference::forgetSources);
      tidied = lastMeasured;
    }
    lastMeasured = occupancy;
  }

  /** Those of players where there can be any. */
  private void countPackets() {
    members.publishers().forEach(publisher -> alone(publisher, publisher::countPackets));
    boolean flows = shown.video().stream().anyMatch(StreamView::isLive);
    if (flows || flowed) {
      members.players().forEach(player -> alone(player, player::countPackets));
    }
    flowed = flows;
  }

  /**
   * Players that wait in another conference are to come into the one in which somebody is. May be
   * called on any thread.
   */
  void gather() {
    conference.foreign().ifPresent(this::gather);
  }

  private void gather(HostConference meeting) {
    List<JvbEgress> elsewhere =
        members.players().stream().filter(p -> p.place().conference() != meeting).toList();
    if (!elsewhere.isEmpty()) {
      observed.askReconnect(new ReconnectRequest(Optional.empty()));
      elsewhere.forEach(p -> p.end(EndReason.EXPIRED, "a meeting has begun; connect again"));
    }
  }

  /** Players must not keep a conference alive that is not the plugin's own. */
  private void leave(HostConference abandoned) {
    members.players().stream()
        .filter(player -> player.place().conference() == abandoned)
        .forEach(player -> player.end(EndReason.EXPIRED, "everybody else has left the room"));
  }
}
