package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The seam in memory: conferences, endpoints, and the media between them. What a test wants to
 * happen it says here, or to the {@link FakeConference} and the {@link FakeEndpoint}. Thread-safe.
 */
public final class FakeHost implements Host {
  static final String USUAL_ADDRESS = "192.0.2.1";

  private final LongSupplier nanoTime;
  private final List<FakeConference> conferences = new CopyOnWriteArrayList<>();
  private final FakeMetrics metrics = new FakeMetrics();
  private final AtomicInteger lookUps = new AtomicInteger();
  private volatile Availability availability = Availability.ACCEPTING;
  private volatile String address = USUAL_ADDRESS;
  private volatile boolean foreignOpen;
  private volatile boolean translating = true;
  private volatile ConferenceNumbers numbers = ConferenceNumbers.usual();
  private volatile Allocating allocating = conference -> {};
  private volatile Calling calling = (endpoint, call) -> {};

  /** Runs in each allocation, before anything is allocated. */
  public interface Allocating {
    void in(FakeConference conference) throws InterruptedException;
  }

  /** What is called for an endpoint that is there. */
  public enum Call {
    CONNECT,
    UPDATE,
    RESTART_ICE,
    SET_SOURCES,
    DETACH
  }

  /** Runs in each such call, before anything is done. */
  public interface Calling {
    void in(FakeEndpoint endpoint, Call call) throws InterruptedException;
  }

  /** With a clock of its own. */
  public FakeHost(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** Its links have that address from now on. */
  public void address(String only) {
    address = only;
  }

  String address() {
    return address;
  }

  /** Opens conferences that others have created. */
  public void openForeign() {
    foreignOpen = true;
  }

  /** Publishers' streams keep their SSRCs from now on. */
  public void keepSsrcs() {
    translating = false;
  }

  @Override
  public boolean translatesSsrcs() {
    return translating;
  }

  /** The numbers that packets have in all conferences. */
  public void number(ConferenceNumbers all) {
    numbers = all;
  }

  ConferenceNumbers numbers() {
    return numbers;
  }

  public void setAvailability(Availability state) {
    availability = state;
  }

  /** What happens in each allocation from now on; it may wait, or throw. */
  public void whileAllocating(Allocating action) {
    allocating = action;
  }

  Allocating allocating() {
    return allocating;
  }

  /** What happens in each call for an endpoint from now on; it may wait, or throw. */
  public void whileCalling(Calling action) {
    calling = action;
  }

  void called(FakeEndpoint endpoint, Call call) {
    try {
      calling.in(endpoint, call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A conference that others have created; its name's local part. */
  public FakeConference meeting(String name) {
    FakeConference meeting = new FakeConference(this, name, false);
    meeting.begin();
    return meeting;
  }

  void add(FakeConference conference) {
    conferences.add(conference);
  }

  void remove(FakeConference conference) {
    conferences.remove(conference);
  }

  /** The live ones. */
  public List<FakeConference> conferences() {
    return List.copyOf(conferences);
  }

  /** The live endpoint with that ICE user name fragment, or id. */
  public FakeEndpoint endpoint(String key) {
    return conferences.stream()
        .flatMap(conference -> conference.endpoints().stream())
        .filter(e -> e.ufrag().equals(key) || e.id().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** How often all conferences were looked through. */
  public int lookUps() {
    return lookUps.get();
  }

  @Override
  public String version() {
    return "fake";
  }

  @Override
  public Availability availability() {
    return availability;
  }

  @Override
  public HostConference newConference(RoomName room) {
    return new FakeConference(this, room.value(), true);
  }

  @Override
  public Optional<HostConference> findForeign(RoomName room) {
    if (!foreignOpen) {
      return Optional.empty();
    }
    lookUps.incrementAndGet();
    return conferences.stream()
        .filter(c -> !c.isOwn() && c.name().equals(room.value().toLowerCase(Locale.ROOT)))
        .map(HostConference.class::cast)
        .findFirst();
  }

  @Override
  public boolean opensForeign() {
    return foreignOpen;
  }

  @Override
  public Optional<HostConference> findMeeting(
      String name, String endpointId, ConferenceNumbers packets) {
    return meetings(name)
        .filter(c -> !c.isElsewhere(endpointId))
        .findFirst()
        .map(HostConference.class::cast);
  }

  @Override
  public Optional<HostConference> findMeeting(String name) {
    return meetings(name).findFirst().map(HostConference.class::cast);
  }

  private Stream<FakeConference> meetings(String name) {
    lookUps.incrementAndGet();
    return conferences.stream().filter(c -> !c.isOwn() && c.name().equals(name));
  }

  @Override
  public Set<String> foreignNames() {
    if (!foreignOpen) {
      return Set.of();
    }
    lookUps.incrementAndGet();
    return conferences.stream()
        .filter(c -> !c.isOwn())
        .map(FakeConference::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<String> meetingNames() {
    lookUps.incrementAndGet();
    return conferences.stream()
        .filter(c -> !c.isOwn())
        .map(FakeConference::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public SessionMetrics metrics() {
    return metrics;
  }

  /** The same as what it is. */
  public FakeMetrics counted() {
    return metrics;
  }
}
