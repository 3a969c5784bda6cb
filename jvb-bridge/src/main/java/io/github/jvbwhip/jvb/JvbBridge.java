package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.Openings;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.http.PostListener;
import io.github.jvbwhip.jvb.hooks.BridgeInternals;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jitsi.videobridge.Videobridge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port on a running Jitsi Videobridge. Thread-safe. */
public final class JvbBridge implements Bridge {
  private static final Logger LOG = LoggerFactory.getLogger(JvbBridge.class);
  private static final long TICK_MILLIS = 250;
  private static final int TICKS_PER_MEASURE = 4;

  private static final MediaCapabilities CAPABILITIES =
      new MediaCapabilities(
          CodecType.names(CodecType.OPUS, CodecType.MULTIOPUS),
          CodecType.names(
              CodecType.AV1, CodecType.VP9, CodecType.VP8, CodecType.H264, CodecType.H265),
          true,
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(Feedback.class),
          EnumSet.complementOf(EnumSet.of(HeaderExtensionType.VIDEO_LAYERS_ALLOCATION)),
          // The bridge writes no MID; with it negotiated, clients drop packets of SSRCs that they
          // were not told, such as those by which the bridge probes for bandwidth.
          EnumSet.of(
              HeaderExtensionType.MID,
              HeaderExtensionType.AUDIO_LEVEL,
              HeaderExtensionType.ABS_SEND_TIME,
              HeaderExtensionType.TRANSPORT_CC,
              HeaderExtensionType.VIDEO_ORIENTATION,
              HeaderExtensionType.DEPENDENCY_DESCRIPTOR),
          true,
          // As a DTLS server the bridge takes ECDSA certificates only, and GStreamer has RSA ones.
          true);

  private final Conferences conferences;
  private final EndpointFactory factory;
  private final Control control = new Control();
  private final Map<RoomName, JvbRoom> rooms = new ConcurrentHashMap<>();
  private Availability.State lastState = Availability.State.ACCEPTING;
  private int ticks;
  private volatile boolean closed;

  /**
   * @param stressLimit the stress level of the bridge from which on it takes no new sessions; 0 for
   *     never
   * @param foreignConferences whether conferences that others have created are open to publishers
   *     and players
   * @throws ReflectiveOperationException when this version of the bridge is not what the plugin
   *     knows
   */
  public JvbBridge(Videobridge videobridge, double stressLimit, boolean foreignConferences)
      throws ReflectiveOperationException {
    conferences = new Conferences(videobridge, stressLimit, foreignConferences);
    factory = new EndpointFactory(new BridgeInternals(), new SecureRandom());
    control.everyMillis(TICK_MILLIS, this::tick);
  }

  @Override
  public String name() {
    return "jvb " + conferences.version();
  }

  @Override
  public MediaCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Availability availability() {
    return closed
        ? new Availability(Availability.State.DRAINING, Optional.empty())
        : conferences.availability();
  }

  @Override
  public CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener) {
    return open(JvbMetrics.Kind.WHIP, request.room(), room -> room.openIngest(request, listener));
  }

  @Override
  public CompletableFuture<EgressEndpoint> openEgress(
      EgressRequest request, EndpointListener listener) {
    return open(JvbMetrics.Kind.WHEP, request.room(), room -> room.openEgress(request, listener));
  }

  private <T extends BridgeEndpoint> CompletableFuture<T> open(
      JvbMetrics.Kind kind, RoomName name, Opening<T> allocation) {
    CompletableFuture<T> opening = new CompletableFuture<>();
    Openings.settle(opening, () -> allocate(kind, name, allocation));
    return opening;
  }

  private interface Opening<T> {
    T in(JvbRoom room) throws BridgeException;
  }

  private <T> T allocate(JvbMetrics.Kind kind, RoomName name, Opening<T> opening)
      throws BridgeException {
    long start = System.nanoTime();
    checkAvailable();
    while (true) {
      JvbRoom room = roomOf(name);
      synchronized (room) {
        if (!room.isRetired()) {
          T endpoint = opening.in(room);
          JvbMetrics.get().opened(kind, System.nanoTime() - start);
          return endpoint;
        }
      }
    }
  }

  /** What tells the bridge's metrics how POSTs were answered. */
  public static PostListener postListener() {
    return (protocol, outcome, nanos) ->
        JvbMetrics.get().posted(JvbMetrics.Kind.valueOf(protocol.name()), outcome, nanos);
  }

  private void checkAvailable() throws BridgeException {
    Availability now = availability();
    switch (now.state()) {
      case DRAINING ->
          throw new BridgeException(
              BridgeException.Reason.DRAINING,
              "The bridge takes no new sessions.",
              now.retryAfter(),
              null);
      case OVERLOADED ->
          throw new BridgeException(
              BridgeException.Reason.OVERLOADED,
              "The bridge has too much to do.",
              now.retryAfter(),
              null);
      case ACCEPTING -> {}
    }
  }

  private JvbRoom roomOf(RoomName name) {
    return rooms.compute(
        name,
        (key, room) ->
            room == null || room.isRetired()
                ? new JvbRoom(key, conferences, control, factory)
                : room);
  }

  @Override
  public Optional<RoomSnapshot> room(RoomName name) {
    JvbRoom known = rooms.get(name);
    JvbRoom room = known == null ? new JvbRoom(name, conferences, control, factory) : known;
    return room.snapshot();
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
    return observed(name, room -> room.observe(observer, () -> {}));
  }

  @Override
  public Registration observeReconnects(RoomName name, Consumer<ReconnectRequest> observer) {
    return observed(name, room -> room.observeReconnects(observer, () -> {}));
  }

  private Registration observed(RoomName name, Function<ObservedRoom, Registration> registering) {
    while (true) {
      JvbRoom room = roomOf(name);
      synchronized (room) {
        if (!room.isRetired()) {
          return registering.apply(room.observed());
        }
      }
    }
  }

  private void tick() {
    boolean measure = ++ticks % TICKS_PER_MEASURE == 0;
    long now = System.nanoTime();
    tellDraining();
    for (JvbRoom room : rooms.values()) {
      room.tick(now, measure);
      if (measure && room.retireIfIdle()) {
        rooms.remove(room.name(), room);
      }
    }
    if (measure) {
      measure();
    }
  }

  private void measure() {
    JvbMetrics metrics = JvbMetrics.get();
    List<JvbEndpoint> all = rooms.values().stream().flatMap(r -> r.endpoints().stream()).toList();
    for (JvbMetrics.Kind kind : JvbMetrics.Kind.values()) {
      for (JvbMetrics.State state : JvbMetrics.State.values()) {
        metrics.sessions(
            kind, state, all.stream().filter(e -> e.kind() == kind && e.state() == state).count());
      }
    }
    all.forEach(JvbEndpoint::countPackets);
    metrics.audiences(rooms.values().stream().mapToInt(JvbRoom::viewers).toArray());
  }

  private void tellDraining() {
    Availability.State state = availability().state();
    if (state == Availability.State.DRAINING && lastState != state) {
      ReconnectRequest elsewhere = new ReconnectRequest(Optional.empty());
      rooms.values().forEach(room -> room.observed().askReconnect(elsewhere));
    }
    lastState = state;
  }

  /**
   * Allocates an endpoint and frees it again: the first allocation after the start takes over a
   * second, since it loads the ICE and the crypto classes.
   */
  public void warmUp() {
    try {
      openIngest(WarmUp.request(), WarmUp.LISTENER).join().close();
    } catch (CompletionException e) {
      LOG.debug("Not warmed up", e.getCause());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    control.execute(() -> rooms.values().forEach(JvbRoom::shutDown));
    control.close();
    rooms.clear();
  }
}
