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
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.RelayPlan;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * One room: how the plugin's publishers and players get into one conference, and out of it.
 * Thread-safe: what it decides it decides in its line of decisions, and endpoints are allocated and
 * freed in its line of calls.
 */
final class JvbRoom {
  private final RoomName name;
  private final RoomTasks tasks;
  private final SessionMetrics metrics;
  private final Optional<Meetings> meetings;
  private final Removals removals;
  private final RoomMembers members = new RoomMembers();
  private final RoomConference conference;
  private final RoomLinks links;
  private final Optional<RoomAudience> audience;
  private final boolean openToAll;
  private final EndpointFactory factory;
  private final Farewells farewells;
  private final ObservedRoom observed;

  private final RoomMonitor monitor;
  private final RoomCare care;
  private volatile boolean shutDown;

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
      ObservedRooms all,
      RoomUses uses) {
    this.name = name;
    this.tasks = new RoomTasks(threads, bounds);
    this.metrics = host.metrics();
    this.meetings = meetings;
    this.removals = removals;
    this.conference = new RoomConference(host, others, name);
    this.links = new RoomLinks(name, tasks, members, conference, uses, () -> care().refreshLater());
    this.audience = meetings.filter(any -> watching.open()).map(this::audience);
    this.openToAll = audience.isEmpty() && others.areOpen();
    this.observed = new ObservedRoom(name, tasks, all);
    this.monitor =
        new RoomMonitor(
            observed, members, conference, links, audience, openToAll, watching.stage());
    this.care = new RoomCare(tasks, members, conference, links, audience, observed, monitor);
    this.farewells = new Farewells(tasks);
    Surroundings surroundings =
        new Surroundings(
            tasks,
            faults -> new SessionCalls(threads.asking(), threads::nanoTime, bounds, faults),
            farewells,
            metrics,
            care::refreshLater,
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
        () -> care().gather(),
        () -> care().refreshLater());
  }

  /** Whether nobody is in it or still leaving, nobody looks, and there is nothing to remember. */
  boolean isIdle() {
    return members.isEmpty()
        && links.isEmpty()
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

  /** Looks after all who are in it. */
  RoomCare care() {
    return care;
  }

  /** What joins it to the same room of other bridges. */
  RoomLinks links() {
    return links;
  }

  /** The plugin's publishers and players. */
  RoomMembers members() {
    return members;
  }

  private void left(BridgeEndpoint endpoint) {
    members.remove(endpoint);
    care.refreshLater();
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
                            factory.ingest(request, care::learnLater, care::showLearnt, listener)));
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
        invitation -> take(request, invitation, listener),
        done);
  }

  private RoomPublisher take(
      IngestRequest request, Invitation invitation, EndpointListener listener)
      throws BridgeException {
    long start = tasks.nanoTime();
    farewells.endPublishers();
    Optional<JvbIngest> here =
        factory.ingest(request, invitation, care::learnLater, care::showLearnt, listener);
    return here.isPresent()
        ? entered(here.get(), start)
        : takeElsewhere(request, invitation, listener);
  }

  /** A server that is known takes it with its own numbers, and with all of its codecs. */
  private RoomPublisher takeElsewhere(
      IngestRequest request, Invitation invitation, EndpointListener listener)
      throws BridgeException {
    Optional<EndpointNumbers> numbers = invitation.numbersAnywhere();
    Optional<String> obstacle = numbers.flatMap(n -> RemotePublisher.obstacle(n, request));
    if (invitation.server().isPresent() || numbers.isEmpty() || obstacle.isPresent()) {
      throw RoomConference.elsewhere(invitation, obstacle);
    }
    RemotePublisher publisher =
        RemotePublisher.accept(
            invitation,
            numbers.get(),
            request,
            listener,
            left -> members.remove(request.stream(), left));
    members.add(request.stream(), publisher);
    return publisher;
  }

  private JvbIngest ingest(Openings.Allocation<JvbIngest> allocation) throws BridgeException {
    long start = tasks.nanoTime();
    farewells.endPublishers();
    return entered(allocation.allocate(), start);
  }

  private JvbIngest entered(JvbIngest ingest, long startNanos) {
    members.add(ingest);
    care.gather(); // First: who waits elsewhere is not told what it is like here.
    return enter(ingest, startNanos);
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
    return enter(egress, start);
  }

  /** Whoever waits for it finds it in the room; where that fails, nothing stays of it. */
  private <E extends JvbEndpoint> E enter(E endpoint, long startNanos) {
    boolean entered = false;
    try {
      metrics.opened(endpoint.kind(), tasks.nanoTime() - startNanos);
      tell();
      if (shutDown) {
        tasks.execute(this::endAll);
      }
      care.refreshLater();
      entered = true;
      return endpoint;
    } finally {
      if (!entered) {
        endpoint.close();
      }
    }
  }

  /** Ends the publisher of that endpoint, where there is one here. */
  void endPublisher(String endpointId, EndReason reason, String detail) {
    tasks.execute(
        () ->
            members.publishers().stream()
                .filter(publisher -> publisher.id().equals(endpointId))
                .forEach(publisher -> publisher.end(reason, detail)));
  }

  /** Allocates this side of a link; what becomes of it is the future's. */
  void openLink(RelayPlan plan, RelayListener listener, CompletableFuture<RelayLink> opening) {
    links.open(plan, listener, opening);
    if (shutDown) {
      tasks.call(() -> tasks.execute(this::endAll));
    }
  }

  /** Ends everybody, and whoever comes. */
  void shutDown() {
    shutDown = true;
    tasks.execute(this::endAll);
  }

  private void endAll() {
    members.all().forEach(e -> e.end(EndReason.SHUTDOWN, "the bridge shuts down"));
    links.end("the bridge shuts down");
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
