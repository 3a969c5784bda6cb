package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.ObservedRooms;
import io.github.jvbwhip.core.bridge.Openings;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.SessionMetrics;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.room.ConferenceStage;
import io.github.jvbwhip.jvb.room.StreamView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room: the plugin's publishers and players in one conference. Thread-safe: what it decides it
 * decides in its line of decisions, and endpoints are allocated and freed in its line of calls.
 */
final class JvbRoom {
  private static final Logger LOG = LoggerFactory.getLogger(JvbRoom.class);

  private final RoomName name;
  private final RoomTasks tasks;
  private final SessionMetrics metrics;
  private final Optional<Meetings> meetings;
  private final Removals removals;
  private final RoomMembers members = new RoomMembers();
  private final RoomConference conference;
  private final Optional<RoomAudience> audience;
  private final boolean openToAll;
  private final EndpointFactory factory;
  private final Farewells farewells;
  private final ObservedRoom observed;

  private final RoomMonitor monitor;
  private final AtomicBoolean refreshAsked = new AtomicBoolean();
  private final AtomicBoolean tickAsked = new AtomicBoolean();
  private volatile boolean shutDown;
  private ConferenceStage.Order shown = ConferenceStage.Order.NONE;
  private boolean flowed;
  private Object occupancy = this;

  JvbRoom(
      RoomName name,
      Host host,
      Optional<Meetings> meetings,
      Watching watching,
      ForeignConferences others,
      Removals removals,
      RoomThreads threads,
      CallBounds bounds,
      RandomGenerator random,
      ObservedRooms all) {
    this.name = name;
    this.tasks = new RoomTasks(threads, bounds);
    this.metrics = host.metrics();
    this.meetings = meetings;
    this.removals = removals;
    this.conference = new RoomConference(host, others, name);
    this.audience = meetings.filter(any -> watching.open()).map(this::audience);
    this.openToAll = audience.isEmpty() && others.areOpen();
    this.observed = new ObservedRoom(name, tasks, all);
    this.monitor =
        new RoomMonitor(observed, members, conference, audience, openToAll, watching.stage());
    this.farewells = new Farewells(tasks);
    Surroundings surroundings =
        new Surroundings(
            tasks,
            faults -> new SessionCalls(threads.asking(), threads::nanoTime, bounds, faults),
            farewells,
            metrics,
            this::refreshLater,
            this::left,
            members::disclaim);
    this.factory = new EndpointFactory(conference, members, surroundings, random);
  }

  private RoomAudience audience(Meetings watched) {
    return new RoomAudience(
        watched,
        () -> watched.conferenceName(name),
        removals,
        conference,
        members,
        tasks,
        this::gather,
        this::refreshLater);
  }

  /** Whether nobody is in it or still leaving, nobody looks, and there is nothing to remember. */
  boolean isIdle() {
    return members.isEmpty()
        && !observed.isObserved()
        && meetingName().filter(removals::concern).isEmpty();
  }

  /** The whole name of its meeting, as far as that is known. */
  private Optional<String> meetingName() {
    return meetings.flatMap(into -> into.conferenceName(name)).or(conference::entered);
  }

  /** The room as it is told. */
  ObservedRoom observed() {
    return observed;
  }

  /** The plugin's publishers and players. */
  RoomMembers members() {
    return members;
  }

  private void left(BridgeEndpoint endpoint) {
    members.remove(endpoint);
    refreshLater();
    tell();
  }

  /** Tells who is in it now. */
  private void tell() {
    var unused = monitor.look(tasks.nanoTime(), false);
  }

  /** Whether the bridge does not answer, or so slowly that many wait already. */
  boolean isFull() {
    return tasks.isHanging() || members.openings() >= CallBounds.OPENINGS;
  }

  /** Opens a publisher; what becomes of it is the future's. */
  void openIngest(
      IngestRequest request, EndpointListener listener, CompletableFuture<IngestEndpoint> opening) {
    if (meetingName().filter(in -> removals.hasPublisher(in, request.stream())).isPresent()) {
      opening.completeExceptionally(
          new BridgeException(
              BridgeException.Reason.FORBIDDEN,
              "A moderator has removed this publisher from the meeting."));
      return;
    }
    if (!members.expect(request.stream(), opening)) {
      opening.completeExceptionally(
          new BridgeException(
              BridgeException.Reason.STREAM_IN_USE, "This stream is being published already."));
      return;
    }
    Runnable done = () -> members.expected(request.stream(), opening);
    if (meetings.isPresent()) {
      Meetings into = meetings.get();
      IngestRequest shown = into.isScreen(request.stream()) ? request.asScreen() : request;
      long since = tasks.nanoTime();
      tasks.call(() -> join(into, shown, since, listener, opening, done));
      return;
    }
    tasks.call(
        () -> {
          try {
            Openings.settle(
                opening,
                () ->
                    ingest(
                        () ->
                            factory.ingest(request, this::learnLater, this::showLearnt, listener)));
          } finally {
            done.run();
          }
        });
  }

  private void join(
      Meetings into,
      IngestRequest request,
      long sinceNanos,
      EndpointListener listener,
      CompletableFuture<IngestEndpoint> opening,
      Runnable done) {
    if (opening.isDone()) { // Given up meanwhile.
      done.run();
      return;
    }
    farewells.endPublishers(); // Before: one that has given way has its place again.
    MeetingJoin.begin(
        into,
        MeetingJoin.newcomer(request, Duration.ofNanos(tasks.nanoTime() - sinceNanos)),
        removals,
        tasks,
        opening,
        invitation ->
            ingest(
                () ->
                    factory.ingest(
                        request, invitation, this::learnLater, this::showLearnt, listener)),
        done);
  }

  private JvbIngest ingest(Openings.Allocation<JvbIngest> allocation) throws BridgeException {
    long start = tasks.nanoTime();
    farewells.endPublishers();
    JvbIngest ingest = allocation.allocate();
    members.add(ingest);
    gather(); // First: who waits elsewhere is not told what it is like here.
    return entered(ingest, start);
  }

  /** Opens a player; what becomes of it is the future's. */
  void openEgress(
      EgressRequest request, EndpointListener listener, CompletableFuture<EgressEndpoint> opening) {
    members.expectPlayer();
    if (audience.isPresent()) {
      audience
          .get()
          .admit(
              request.token(),
              opening,
              admitted -> Openings.settle(opening, () -> egress(request, admitted, listener)),
              members::expectedPlayer);
      return;
    }
    tasks.call(
        () -> {
          try {
            Openings.settle(opening, () -> egress(request, openToAll, listener));
          } finally {
            members.expectedPlayer();
          }
        });
  }

  private JvbEgress egress(EgressRequest request, boolean admitted, EndpointListener listener)
      throws BridgeException {
    long start = tasks.nanoTime();
    JvbEgress egress = factory.egress(request, admitted, listener);
    members.add(egress);
    return entered(egress, start);
  }

  /** Whoever waits for it finds it in the room; where that fails, nothing stays of it. */
  private <E extends JvbEndpoint> E entered(E endpoint, long startNanos) {
    boolean entered = false;
    try {
      metrics.opened(endpoint.kind(), tasks.nanoTime() - startNanos);
      tell();
      if (shutDown) {
        tasks.execute(this::endAll);
      }
      refreshLater();
      entered = true;
      return endpoint;
    } finally {
      if (!entered) {
        endpoint.close();
      }
    }
  }

  /** SSRCs of a publisher may have become known. */
  private void learnLater(JvbIngest ingest) {
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

  private void showLearnt(JvbIngest ingest) {
    long now = tasks.nanoTime();
    refresh(now, false); // First: players are to get the keyframe it begins with.
    ingest.release();
    learn(ingest, now); // More may have become known while the bridge was told.
  }

  /** One refresh does for all that ask before it begins. */
  private void refreshLater() {
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
      conference.look(members.publishers().isEmpty() && members.openings() == 0);
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
    if (measure) {
      countPackets();
    }
    Optional<String> watcher = audience.flatMap(RoomAudience::endpointId);
    conference.foreign().filter(c -> c.hasVisitorsOnly(watcher)).ifPresent(this::leave);
    refresh(nowNanos, measure);
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

  /** Players that wait in another conference are to come into the one in which somebody is. */
  private void gather() {
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

  /** Ends everybody, and whoever comes. */
  void shutDown() {
    shutDown = true;
    tasks.execute(this::endAll);
  }

  private void endAll() {
    members.all().forEach(e -> e.end(EndReason.SHUTDOWN, "the bridge shuts down"));
    audience.ifPresent(RoomAudience::settle);
    tasks.call(farewells::close);
  }

  /** Whether it is in a conference that others have created, and of which no list may tell. */
  boolean isForeign() {
    return conference.foreign().isPresent();
  }

  /** The room as it was looked at last; empty when nobody publishes or watches. */
  Optional<RoomSnapshot> snapshot() {
    return monitor.last();
  }

  /** The same of a room that nobody has asked for before. */
  Optional<RoomSnapshot> firstSnapshot() {
    conference.look(false);
    tell();
    return snapshot();
  }
}
