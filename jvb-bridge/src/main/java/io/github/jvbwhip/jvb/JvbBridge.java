package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.AvailabilityWatch;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.ObservedRooms;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.metrics.SessionCensus;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.relay.RelayBridge;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RoomUse;
import io.github.jvbwhip.core.session.SerialExecutor;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.RelayPlan;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port on a running Jitsi Videobridge. Thread-safe. */
public final class JvbBridge implements Bridge, RelayBridge {
  private static final Logger LOG = LoggerFactory.getLogger(JvbBridge.class);
  private static final long TICK_MILLIS = 250;
  private static final int TICKS_PER_MEASURE = 4;

  /** As many calls to Jitsi Videobridge hang as may. */
  private static final Availability UNANSWERED =
      Availability.overloaded(Optional.of(CallBounds.RETRY), "Jitsi Videobridge does not answer.");

  private final Host host;
  private final Optional<Meetings> meetings;
  private final Watching watching;
  private final ForeignConferences others;
  private final Removals removals;
  private final RoomThreads threads;
  private final RandomGenerator random;
  private final CallBounds bounds;
  private final Map<RoomName, JvbRoom> rooms = new ConcurrentHashMap<>();
  private final ObservedRooms observedRooms = new ObservedRooms();
  private final RoomUses uses;
  private final AtomicBoolean measuring = new AtomicBoolean();
  private final Executor measures;
  private final AvailabilityWatch availabilityWatch;
  private Availability.State lastState = Availability.State.ACCEPTING;
  private int ticks;
  private final Set<CompletableFuture<?>> openings = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Closed, and nothing is done any more that was asked for. */
  private volatile boolean over;

  /**
   * On that bridge, with threads of its own, beside another one: it does not say whether new
   * sessions are taken.
   */
  public JvbBridge(Host host) {
    this(
        host,
        Optional.empty(),
        Watching.CLOSED,
        new OwnThreads(),
        new CallBounds(),
        new SecureRandom(),
        new AvailabilityWatch(line -> {}, line -> {}));
  }

  /**
   * On that bridge, with threads of its own.
   *
   * @param meetings where publishers are participants; empty where conferences are the plugin's own
   * @param watching whether players get into them
   */
  public JvbBridge(Host host, Optional<Meetings> meetings, Watching watching) {
    this(host, meetings, watching, new OwnThreads(), new CallBounds(), new SecureRandom());
  }

  JvbBridge(Host host, RoomThreads threads, CallBounds bounds, RandomGenerator random) {
    this(host, Optional.empty(), Watching.CLOSED, threads, bounds, random);
  }

  JvbBridge(
      Host host,
      Optional<Meetings> meetings,
      Watching watching,
      RoomThreads threads,
      CallBounds bounds,
      RandomGenerator random) {
    this(
        host,
        meetings,
        watching,
        threads,
        bounds,
        random,
        new AvailabilityWatch(LOG::warn, LOG::info));
  }

  private JvbBridge(
      Host host,
      Optional<Meetings> meetings,
      Watching watching,
      RoomThreads threads,
      CallBounds bounds,
      RandomGenerator random,
      AvailabilityWatch availabilityWatch) {
    this.host = host;
    this.availabilityWatch = availabilityWatch;
    this.meetings = meetings;
    this.watching = watching;
    this.bounds = bounds;
    this.others =
        new ForeignConferences(host, meetings.filter(any -> watching.open()), threads::nanoTime);
    this.removals = new Removals(host, threads::nanoTime);
    this.measures =
        new SerialExecutor(threads.deciding(), e -> LOG.error("Nothing was measured", e));
    this.uses =
        new RoomUses(
            new SerialExecutor(threads.deciding(), e -> LOG.error("An observer failed", e)));
    this.threads = threads;
    this.random = random;
    threads.everyMillis(TICK_MILLIS, this::tick);
  }

  @Override
  public String name() {
    return "jvb " + host.version();
  }

  @Override
  public MediaCapabilities capabilities() {
    return JvbCapabilities.USUAL;
  }

  @Override
  public MediaCapabilities ingestCapabilities() {
    return meetings.isPresent() ? JvbCapabilities.OF_MEETINGS : JvbCapabilities.USUAL;
  }

  @Override
  public Availability availability() {
    if (closed) {
      return Availability.draining(Optional.empty());
    }
    Availability now = host.availability();
    return now.state() == Availability.State.ACCEPTING && bounds.isExhausted() ? UNANSWERED : now;
  }

  /** A meeting is the same in small letters. */
  @Override
  public RoomName canonical(RoomName room) {
    return meetings.isPresent() ? new RoomName(room.value().toLowerCase(Locale.ROOT)) : room;
  }

  @Override
  public CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener) {
    CompletableFuture<IngestEndpoint> opening = new CompletableFuture<>();
    open(
        request.room(),
        availability().refusal(),
        opening,
        room -> room.openIngest(request, listener, opening));
    return opening;
  }

  @Override
  public CompletableFuture<EgressEndpoint> openEgress(
      EgressRequest request, EndpointListener listener) {
    CompletableFuture<EgressEndpoint> opening = new CompletableFuture<>();
    open(
        request.room(),
        availability().refusal(),
        opening,
        room -> room.openEgress(request, listener, opening));
    return opening;
  }

  @Override
  public CompletableFuture<RelayLink> begin(RoomName room, String id, RelayListener listener) {
    return link(room, new RelayPlan(id, Optional.empty()), listener);
  }

  @Override
  public CompletableFuture<RelayLink> accept(
      RoomName room, String id, LocalTransport theirs, RelayListener listener) {
    try {
      RemoteTransport remote = RelayTransports.remote(theirs, DtlsRole.PASSIVE);
      return link(room, new RelayPlan(id, Optional.of(remote)), listener);
    } catch (BridgeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Those who are in the room already may go on when the bridge takes nobody else. */
  private CompletableFuture<RelayLink> link(RoomName name, RelayPlan plan, RelayListener listener) {
    CompletableFuture<RelayLink> opening = new CompletableFuture<>();
    open(
        name,
        closed ? Optional.of(draining()) : Optional.empty(),
        opening,
        room -> room.openLink(plan, listener, opening));
    return opening;
  }

  @Override
  public List<RoomUse> uses() {
    return rooms.values().stream()
        .map(room -> room.links().use())
        .filter(use -> use.publishers() + use.players() + use.links() > 0)
        .toList();
  }

  @Override
  public Registration observeUses(Runnable observer) {
    return uses.observe(observer);
  }

  @Override
  public void endPublisher(RoomName name, String endpointId, EndReason reason, String detail) {
    JvbRoom room = rooms.get(canonical(name));
    if (room != null) {
      room.endPublisher(endpointId, reason, detail);
    }
  }

  private void open(
      RoomName name,
      Optional<BridgeException> refusal,
      CompletableFuture<?> opening,
      Consumer<JvbRoom> opener) {
    openings.add(opening);
    var unused = opening.whenComplete((endpoint, failure) -> openings.remove(opening));
    refusal.ifPresentOrElse(
        opening::completeExceptionally,
        () ->
            enter(
                name,
                room -> {
                  if (room.isFull()) {
                    opening.completeExceptionally(CallBounds.overloaded());
                  } else {
                    opener.accept(room);
                  }
                  return room;
                }));
    if (over) {
      opening.completeExceptionally(draining());
    }
  }

  private static BridgeException draining() {
    return new BridgeException(
        BridgeException.Reason.DRAINING, Availability.draining(Optional.empty()).detail());
  }

  /**
   * Does something in the room of that name, which is made where there is none, and not given up
   * meanwhile.
   *
   * @param action must not wait for anything
   */
  private <T> T enter(RoomName name, Function<JvbRoom, T> action) {
    JvbRoom room =
        rooms.compute(
            canonical(name),
            (key, known) -> {
              JvbRoom entered = known == null ? newRoom(key, observedRooms) : known;
              entered.members().enter();
              return entered;
            });
    try { // Not under the map's lock: where there is no thread, this one runs what is enqueued.
      if (closed) {
        room.shutDown();
      }
      return action.apply(room);
    } finally {
      room.members().leave();
    }
  }

  private JvbRoom newRoom(RoomName name, ObservedRooms observed) {
    return new JvbRoom(
        name, host, meetings, watching, others, removals, threads, bounds, random, observed, uses);
  }

  @Override
  public Optional<RoomSnapshot> room(RoomName name) {
    RoomName room = canonical(name);
    JvbRoom known = rooms.get(room);
    return known == null ? newRoom(room, new ObservedRooms()).firstSnapshot() : known.snapshot();
  }

  @Override
  public List<RoomSnapshot> rooms() {
    return rooms.values().stream()
        .filter(room -> !room.isForeign())
        .flatMap(room -> room.snapshot().stream())
        .toList();
  }

  @Override
  public Registration observe(RoomName name, Consumer<RoomSnapshot> observer) {
    return enter(name, room -> room.observed().observe(observer, () -> {}));
  }

  @Override
  public Registration observeRooms(Runnable observer) {
    return observedRooms.observe(observer);
  }

  @Override
  public Registration observeReconnects(RoomName name, Consumer<ReconnectRequest> observer) {
    return enter(name, room -> room.observed().observeReconnects(observer, () -> {}));
  }

  /** On the timer: only enqueues. */
  private void tick() {
    boolean measure = ++ticks % TICKS_PER_MEASURE == 0;
    Availability now = availability();
    availabilityWatch.look(now, threads.nanoTime());
    tellDraining(now.state());
    rooms.values().forEach(room -> room.care().tickLater(measure));
    if (measure) {
      removals.forgetEnded();
      rooms.keySet().forEach(name -> rooms.computeIfPresent(name, (n, r) -> r.isIdle() ? null : r));
      measureLater();
    }
  }

  private void tellDraining(Availability.State state) {
    if (state == Availability.State.DRAINING && lastState != state) {
      ReconnectRequest elsewhere = new ReconnectRequest(Optional.empty());
      rooms.values().forEach(room -> room.observed().askReconnect(elsewhere));
    }
    lastState = state;
  }

  private void measureLater() {
    if (!measuring.getAndSet(true)) {
      measures.execute(
          () -> {
            measuring.set(false);
            measure();
          });
    }
  }

  private void measure() {
    SessionMetrics metrics = host.metrics();
    metrics.accepting(availability().state() == Availability.State.ACCEPTING);
    SessionCensus census = new SessionCensus();
    for (JvbRoom room : rooms.values()) {
      room.members().all().forEach(endpoint -> census.add(endpoint.kind(), endpoint.state()));
    }
    census.tell(metrics);
    metrics.audiences(rooms.values().stream().mapToInt(r -> r.members().viewers()).toArray());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    rooms.values().forEach(JvbRoom::shutDown);
    threads.close();
    over = true;
    // Those that the bridge has not answered: what it allocates later goes with it.
    openings.forEach(opening -> opening.completeExceptionally(draining()));
    rooms.clear();
  }
}
