package io.github.jvbwhip.core.bridge;

import io.github.jvbwhip.core.stage.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A bridge without media: deterministic, in memory, and scripted by the test. Listeners and
 * observers are called on the thread that caused the event, before the causing call returns.
 */
public final class FakeBridge implements Bridge {

  /** The fingerprint of every fake endpoint. */
  public static final Fingerprint FINGERPRINT =
      new Fingerprint("sha-256", "FA:CE".concat(":00".repeat(30)));

  /** Everything that the negotiation knows. */
  public static final MediaCapabilities EVERYTHING =
      new MediaCapabilities(
          List.of("opus", "multiopus", "red"),
          List.of("VP8", "VP9", "H264", "H265", "AV1"),
          true,
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(HeaderExtensionType.class),
          EnumSet.allOf(HeaderExtensionType.class),
          true);

  private record Place(RoomName room, StreamName stream) {}

  private final Set<FakeIngest> ingests = new LinkedHashSet<>();
  private final Set<FakeEgress> egresses = new LinkedHashSet<>();
  private final Map<RoomName, StreamName> speakers = new LinkedHashMap<>();
  private final Map<Place, CompletableFuture<IngestEndpoint>> taken = new HashMap<>();
  private final Map<RoomName, ObservedRoom> rooms = new LinkedHashMap<>();
  private final ObservedRooms observedRooms = new ObservedRooms();
  private final AtomicInteger observers = new AtomicInteger();
  private final Deque<Runnable> heldOpenings = new ArrayDeque<>();
  private final Deque<BridgeException> openFailures = new ArrayDeque<>();
  private final Deque<BridgeException> restartFailures = new ArrayDeque<>();
  private final Deque<BridgeException> connectFailures = new ArrayDeque<>();
  private final Deque<CompletableFuture<Void>> approaches = new ArrayDeque<>();
  private final List<Visit> visits = new ArrayList<>();
  private volatile Optional<String> otherServer = Optional.empty();
  private Availability availability = Availability.ACCEPTING;
  private MediaCapabilities capabilities = EVERYTHING;
  private int numbers = 1000;
  private boolean holding;
  private boolean closed;

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public synchronized MediaCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public synchronized Availability availability() {
    return availability;
  }

  @Override
  public synchronized CompletableFuture<Void> approach(Visit visit) {
    visits.add(visit);
    CompletableFuture<Void> scripted = approaches.poll();
    return scripted == null ? CompletableFuture.completedFuture(null) : scripted;
  }

  /** Who has approached a room. */
  public synchronized List<Visit> visits() {
    return List.copyOf(visits);
  }

  @Override
  public CompletableFuture<Optional<String>> instead(Visit visit) {
    return CompletableFuture.completedFuture(
        otherServer.map(url -> url + (visit.approach() == Approach.PUBLISH ? "/whip" : "/whep")));
  }

  @Override
  public Optional<String> refuge(RoomName room) {
    return otherServer.map(url -> url + "/whep");
  }

  /** Another server that takes those who cannot be taken here. */
  public void setOtherServer(String url) {
    otherServer = Optional.of(url);
  }

  /** What the next one who approaches a room waits for. */
  public synchronized void answerNextApproach(CompletableFuture<Void> answer) {
    approaches.add(answer);
  }

  @Override
  public CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener) {
    CompletableFuture<IngestEndpoint> opening = new CompletableFuture<>();
    Place place = new Place(request.room(), request.stream());
    if (!take(place, opening)) {
      opening.completeExceptionally(
          new BridgeException(
              BridgeException.Reason.STREAM_IN_USE, "The room has a live stream of that name."));
      return opening;
    }
    run(
        () -> {
          Openings.settle(opening, () -> ingest(request, listener, opening));
          free(place, opening);
        });
    return opening;
  }

  @Override
  public CompletableFuture<EgressEndpoint> openEgress(
      EgressRequest request, EndpointListener listener) {
    CompletableFuture<EgressEndpoint> opening = new CompletableFuture<>();
    run(() -> Openings.settle(opening, () -> egress(request, listener)));
    return opening;
  }

  private void run(Runnable opening) {
    synchronized (this) {
      if (holding) {
        heldOpenings.add(opening);
        return;
      }
    }
    opening.run();
  }

  private synchronized boolean take(Place place, CompletableFuture<IngestEndpoint> opening) {
    return ingest(place.room(), place.stream()).isEmpty()
        && taken.putIfAbsent(place, opening) == null;
  }

  /** The name is no longer taken by that opening. */
  private synchronized void free(Place place, CompletableFuture<IngestEndpoint> opening) {
    taken.remove(place, opening);
  }

  private synchronized FakeIngest ingest(
      IngestRequest request, EndpointListener listener, CompletableFuture<IngestEndpoint> opening)
      throws BridgeException {
    free(new Place(request.room(), request.stream()), opening);
    checkOpen();
    FakeIngest endpoint = new FakeIngest(this, request, listener);
    ingests.add(endpoint);
    roomChanged(request.room());
    return endpoint;
  }

  private synchronized FakeEgress egress(EgressRequest request, EndpointListener listener)
      throws BridgeException {
    checkOpen();
    FakeEgress endpoint = new FakeEgress(this, request, listener);
    egresses.add(endpoint);
    return endpoint;
  }

  private void checkOpen() throws BridgeException {
    if (closed) {
      throw new BridgeException(BridgeException.Reason.DRAINING, "The bridge is closed.");
    }
    if (!openFailures.isEmpty()) {
      throw openFailures.remove();
    }
    Optional<BridgeException> refusal = availability.refusal();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  @Override
  public synchronized Optional<RoomSnapshot> room(RoomName room) {
    boolean exists = endpoints().stream().anyMatch(e -> e.room().equals(room));
    return exists ? Optional.of(observed(room).snapshot()) : Optional.empty();
  }

  @Override
  public synchronized List<RoomSnapshot> rooms() {
    Set<RoomName> names = new LinkedHashSet<>();
    ingests.forEach(i -> names.add(i.room()));
    egresses.forEach(e -> names.add(e.room()));
    return names.stream().map(this::room).flatMap(Optional::stream).toList();
  }

  @Override
  public synchronized Registration observe(RoomName room, Consumer<RoomSnapshot> observer) {
    observers.incrementAndGet();
    return observed(room).observe(observer, observers::decrementAndGet);
  }

  @Override
  public Registration observeRooms(Runnable observer) {
    return observedRooms.observe(observer);
  }

  @Override
  public synchronized Registration observeReconnects(
      RoomName room, Consumer<ReconnectRequest> observer) {
    observers.incrementAndGet();
    return observed(room).observeReconnects(observer, observers::decrementAndGet);
  }

  private ObservedRoom observed(RoomName room) {
    return rooms.computeIfAbsent(
        room, name -> new ObservedRoom(name, Runnable::run, observedRooms));
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (FakeEndpoint endpoint : endpoints()) {
      endpoint.end(EndReason.SHUTDOWN, "the bridge was closed");
    }
  }

  /** Scripts what {@link #availability} and later openings say. */
  public synchronized void setAvailability(Availability availability) {
    this.availability = availability;
  }

  /** Scripts {@link #capabilities}. */
  public synchronized void setCapabilities(MediaCapabilities capabilities) {
    this.capabilities = capabilities;
  }

  /** Lets the next opening fail; several calls queue up. */
  public synchronized void failNextOpen(BridgeException failure) {
    openFailures.add(failure);
  }

  /** Lets openings wait, as for a bridge that is slow to answer, until {@link #releaseOpenings}. */
  public synchronized void holdOpenings() {
    holding = true;
  }

  /** Answers the openings that wait, in order, and holds no more. */
  public void releaseOpenings() {
    List<Runnable> held;
    synchronized (this) {
      holding = false;
      held = List.copyOf(heldOpenings);
      heldOpenings.clear();
    }
    held.forEach(Runnable::run);
  }

  /** How many openings wait. */
  public synchronized int heldOpenings() {
    return heldOpenings.size();
  }

  /** Lets the next ICE restart fail; several calls queue up. */
  public synchronized void failNextRestart(BridgeException failure) {
    restartFailures.add(failure);
  }

  /** Lets the next {@link EgressEndpoint#connect} fail; several calls queue up. */
  public synchronized void failNextConnect(BridgeException failure) {
    connectFailures.add(failure);
  }

  /** Lets nothing fail of what has not failed yet. */
  public synchronized void forgetFailures() {
    openFailures.clear();
    restartFailures.clear();
    connectFailures.clear();
  }

  /** Puts a live stream on the room's stage; without it the first that sends is there. */
  public synchronized void setStage(RoomName room, StreamName stream) {
    speakers.put(room, stream);
    roomChanged(room);
  }

  /** Plays a bridge that sends its players elsewhere. */
  public synchronized void askReconnect(RoomName room, Optional<String> url) {
    observed(room).askReconnect(new ReconnectRequest(url));
  }

  /** The live publishers, oldest first. */
  public synchronized List<FakeIngest> ingests() {
    return List.copyOf(ingests);
  }

  /** The live players, oldest first. */
  public synchronized List<FakeEgress> egresses() {
    return List.copyOf(egresses);
  }

  /** The live publisher of that stream. */
  public synchronized Optional<FakeIngest> ingest(RoomName room, StreamName stream) {
    return ingests.stream()
        .filter(i -> i.room().equals(room) && i.request().stream().equals(stream))
        .findFirst();
  }

  /** How many observers are registered now, those of all rooms together being one. */
  public int observerCount() {
    return observers.get() + (observedRooms.isObserved() ? 1 : 0);
  }

  /** All live endpoints, publishers first. */
  public synchronized List<FakeEndpoint> endpoints() {
    List<FakeEndpoint> all = new ArrayList<>(ingests);
    all.addAll(egresses);
    return all;
  }

  synchronized int nextNumber() {
    return numbers++;
  }

  synchronized LocalTransport newTransport(Optional<DtlsRole> role) {
    int number = nextNumber();
    IceCandidate candidate =
        new IceCandidate(
            "1",
            IceCandidate.Protocol.UDP,
            2130706431L,
            "192.0.2.2",
            10000,
            IceCandidate.Type.HOST,
            Optional.empty());
    IceCredentials credentials =
        new IceCredentials("fake" + number, "fakepasswordfakepassword" + number);
    return new LocalTransport(credentials, List.of(candidate), List.of(FINGERPRINT), role);
  }

  synchronized void checkRestart() throws BridgeException {
    if (!restartFailures.isEmpty()) {
      throw restartFailures.remove();
    }
  }

  synchronized void checkConnect() throws BridgeException {
    if (!connectFailures.isEmpty()) {
      throw connectFailures.remove();
    }
  }

  /** Tells those who follow the room what it is like now. */
  synchronized void roomChanged(RoomName room) {
    List<StreamSnapshot> streams =
        ingests.stream().filter(i -> i.room().equals(room)).map(FakeIngest::snapshot).toList();
    observed(room).update(streams, stage(room), stage(room), viewers(room));
  }

  synchronized void remove(FakeEndpoint endpoint) {
    if (ingests.remove(endpoint) || egresses.remove(endpoint)) {
      roomChanged(endpoint.room());
    }
  }

  synchronized List<LayerInfo> publishedLayers(FakeEgress egress) {
    Optional<StreamName> watched = egress.request().stream().or(() -> stage(egress.room()));
    return watched
        .flatMap(stream -> ingest(egress.room(), stream))
        .map(FakeIngest::layers)
        .orElse(List.of());
  }

  private Optional<StreamName> stage(RoomName room) {
    return Optional.ofNullable(speakers.get(room))
        .filter(stream -> ingest(room, stream).isPresent())
        .or(
            () ->
                Stage.first(
                        ingests.stream().filter(i -> i.room().equals(room)).toList(),
                        FakeIngest::sends,
                        speaking -> false,
                        before -> false)
                    .map(i -> i.request().stream()));
  }

  private int viewers(RoomName room) {
    return (int) egresses.stream().filter(e -> e.room().equals(room) && e.isConnected()).count();
  }
}
