package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.AvailabilityWatch;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.CallingBridge;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.ObservedRooms;
import io.github.jvbwhip.core.bridge.OfferedTransport;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.metrics.SessionCensus;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.embedded.forward.NtpClock;
import io.github.jvbwhip.embedded.forward.Player;
import io.github.jvbwhip.embedded.forward.Publisher;
import io.github.jvbwhip.embedded.forward.Room;
import io.github.jvbwhip.embedded.transport.MediaPort;
import io.github.jvbwhip.embedded.transport.TransportFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small forwarding unit in this process: ICE, DTLS-SRTP and RTP on one UDP port. See
 * docs/packet-path.md for what it does with packets and docs/concurrency.md for its threads.
 */
public final class EmbeddedBridge implements CallingBridge {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBridge.class);
  private static final long LAST_EVENTS_SECONDS = 5;

  private final EmbeddedBridgeConfig config;
  private final TransportFactory port;
  private final SessionMetrics metrics;
  private final EndpointOpener opener;
  private final Rooms rooms;
  private final Set<BridgeSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicLong serials = new AtomicLong();
  private final SerialEvents events = new SerialEvents("bridge-events");
  private final BridgeTimer timer = new BridgeTimer();
  private final BridgeTick tick;
  private final ObservedRooms observedRooms = new ObservedRooms();
  private volatile boolean draining;
  private volatile boolean closed;

  /**
   * @param port is closed with the bridge
   */
  EmbeddedBridge(EmbeddedBridgeConfig config, TransportFactory port, SessionMetrics metrics) {
    this.config = config;
    this.port = port;
    this.metrics = metrics;
    this.opener = new EndpointOpener(port);
    Instant wallClock = Instant.now();
    NtpClock clock =
        new NtpClock(
            wallClock.getEpochSecond() * 1_000_000_000L + wallClock.getNano() - System.nanoTime());
    SecureRandom random = new SecureRandom();
    ChunkPool pictures = new ChunkPool(config.forwarding().firstPicture().maxTotalBytes());
    rooms =
        new Rooms(
            name ->
                new Room(
                    config.forwarding(),
                    clock,
                    random,
                    new ObservedRoom(name, events, observedRooms),
                    pictures,
                    timer::beginCatchUp));
    AvailabilityWatch watch = new AvailabilityWatch(LOG::warn, LOG::info);
    UnconnectedSessions unconnected =
        new UnconnectedSessions(sessions, config.maxSessions(), System.nanoTime());
    tick =
        new BridgeTick(
            () ->
                Stream.concat(
                    Stream.of(now -> watch.look(availability(), now), unconnected::look),
                    rooms.all().stream().map(room -> room::tick)));
    timer.start(tick);
  }

  /**
   * Opens the UDP port and starts.
   *
   * @param metrics are told of each session
   * @throws IOException when an address or the port cannot be used; its message is one line for the
   *     person who starts the bridge
   */
  public static EmbeddedBridge start(EmbeddedBridgeConfig config, SessionMetrics metrics)
      throws IOException {
    return new EmbeddedBridge(config, MediaPort.open(config.udp()), metrics);
  }

  /** Tells the metrics how things stand: what has happened was told then, but for packets. */
  public void measure() {
    metrics.accepting(availability().state() == Availability.State.ACCEPTING);
    SessionCensus census = new SessionCensus();
    sessions.forEach(session -> session.measure(census));
    census.tell(metrics);
    metrics.audiences(rooms().stream().mapToInt(RoomSnapshot::viewers).toArray());
  }

  /** What keeps it from working, in words for a person; empty when all its parts live. */
  public Optional<String> fault() {
    if (closed) {
      return Optional.of("The bridge has stopped.");
    }
    if (!port.isLive()) {
      return Optional.of("The UDP port is no longer read.");
    }
    return tick.isLate(System.nanoTime())
        ? Optional.of("The bridge's timer stands still.")
        : Optional.empty();
  }

  /** The addresses that the UDP port listens on, IPv4 first; all with the same port number. */
  public List<InetSocketAddress> localAddresses() {
    return port.localAddresses();
  }

  /** Likewise those of the TCP port; none where that is off. */
  public List<InetSocketAddress> localTcpAddresses() {
    return port.localTcpAddresses();
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public MediaCapabilities capabilities() {
    return Capabilities.ALL;
  }

  @Override
  public Availability availability() {
    if (draining || closed) {
      return Availability.draining(Optional.empty());
    }
    int taken = sessions.size();
    return taken < config.maxSessions()
        ? Availability.ACCEPTING
        : Availability.overloaded(
            Optional.empty(),
            "The bridge has %d sessions, of %d that it takes (standalone.max-sessions)."
                .formatted(taken, config.maxSessions()));
  }

  /**
   * Takes no new sessions any more; those that live go on, and players are asked to reconnect.
   *
   * @param url where to, if there is a place
   */
  public void drain(Optional<String> url) {
    draining = true;
    rooms.all().forEach(room -> room.observed().askReconnect(new ReconnectRequest(url)));
  }

  @Override
  public CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener) {
    return openIngest(request, listener, port::create);
  }

  @Override
  public CompletableFuture<IngestEndpoint> openCalledIngest(
      IngestRequest request, EndpointListener listener) {
    return openIngest(request, listener, port::call);
  }

  @Override
  public CompletableFuture<OfferedTransport> offerTransport() {
    return availability()
        .refusal()
        .map(CompletableFuture::<OfferedTransport>failedFuture)
        .orElseGet(() -> opener.make(() -> new CalledTransport(port, this::openIngest)));
  }

  private CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener, BridgeSession.Transports transports) {
    Optional<BridgeException> refusal = availability().refusal();
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    Room room = rooms.acquire(request.room());
    TransportSink sink = new TransportSink();
    Optional<Publisher> publisher =
        enter(
            room,
            now ->
                request.further()
                    ? room.addEncoding(request.stream(), request.media(), sink)
                    : room.addPublisher(
                        request.stream(), request.media(), request.limits(), sink, now));
    if (publisher.isEmpty()) {
      rooms.release(room);
      return CompletableFuture.failedFuture(
          request.further()
              ? new BridgeException(
                  BridgeException.Reason.REFUSED, "the stream cannot have this encoding beside")
              : new BridgeException(
                  BridgeException.Reason.STREAM_IN_USE, "the stream has a publisher"));
    }
    IngestSession session =
        new IngestSession(
            "ingest-" + serials.incrementAndGet(),
            request.media(),
            publisher.get(),
            listener,
            events,
            sink,
            tally(SessionMetrics.Kind.WHIP),
            left -> forget(left, room));
    sessions.add(session);
    return opener.open(
        session,
        session,
        transports,
        Optional.of(request.transport()),
        () -> room.show(publisher.get(), System.nanoTime()));
  }

  @Override
  public CompletableFuture<EgressEndpoint> openEgress(
      EgressRequest request, EndpointListener listener) {
    return openEgress(request, listener, port::create, true);
  }

  @Override
  public List<String> encodings(RoomName room, StreamName stream) {
    return rooms.find(room).map(found -> found.encodings(stream)).orElse(List.of());
  }

  @Override
  public CompletableFuture<EgressEndpoint> openForward(
      EgressRequest request, EndpointListener listener) {
    return openEgress(request, listener, port::call, false);
  }

  private CompletableFuture<EgressEndpoint> openEgress(
      EgressRequest request,
      EndpointListener listener,
      BridgeSession.Transports transports,
      boolean viewer) {
    Optional<BridgeException> refusal = availability().refusal();
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    Room room = rooms.acquire(request.room());
    TransportSink sink = new TransportSink();
    Player player =
        enter(room, now -> room.addPlayer(request.stream(), request.media(), viewer, sink, now));
    EgressSession session =
        new EgressSession(
            "egress-" + serials.incrementAndGet(),
            player,
            listener,
            events,
            sink,
            tally(SessionMetrics.Kind.WHEP),
            request.transport().isPresent(),
            left -> forget(left, room));
    sessions.add(session);
    return opener.open(session, session, transports, request.transport(), () -> {});
  }

  private SessionTally tally(SessionMetrics.Kind kind) {
    return new SessionTally(metrics, kind, System.nanoTime());
  }

  /** Comes into a room, which is released where that fails. */
  private <T> T enter(Room room, LongFunction<T> entry) {
    try {
      return entry.apply(System.nanoTime());
    } catch (RuntimeException | Error e) {
      rooms.release(room);
      throw e;
    }
  }

  private void forget(BridgeSession session, Room room) {
    sessions.remove(session);
    rooms.release(room);
    LOG.debug("session {} is over", session.id());
  }

  @Override
  public Optional<RoomSnapshot> room(RoomName room) {
    return rooms.find(room).flatMap(Room::snapshot);
  }

  @Override
  public List<RoomSnapshot> rooms() {
    return rooms.all().stream().map(Room::snapshot).flatMap(Optional::stream).toList();
  }

  @Override
  public Registration observe(RoomName name, Consumer<RoomSnapshot> observer) {
    Room room = rooms.acquire(name);
    return room.observed().observe(observer, () -> rooms.release(room));
  }

  @Override
  public Registration observeRooms(Runnable observer) {
    return observedRooms.observe(observer);
  }

  @Override
  public Registration observeReconnects(RoomName name, Consumer<ReconnectRequest> observer) {
    Room room = rooms.acquire(name);
    return room.observed().observeReconnects(observer, () -> rooms.release(room));
  }

  @Override
  public void close() {
    closed = true;
    timer.close();
    opener.close();
    port.close();
    sessions.forEach(session -> session.end(EndReason.SHUTDOWN, "the bridge shuts down"));
    events.close(LAST_EVENTS_SECONDS);
  }
}
