package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.colibri.ConferenceKey;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.room.ConferenceStage;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jitsi.videobridge.AbstractEndpoint;
import org.jitsi.videobridge.Conference;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jspecify.annotations.Nullable;

/**
 * One room: the plugin's publishers and players in one conference.
 *
 * <p>Its lock guards who is in it, and is held while the bridge allocates; what is shown to whom is
 * decided on the control thread alone.
 */
final class JvbRoom {
  private final RoomName name;
  private final ConferenceNumbers numbers = ConferenceNumbers.usual();
  private final Conferences conferences;
  private final Control control;
  private final EndpointFactory factory;
  private final Allocator allocator;
  private final ObservedRoom observed;
  private final Map<StreamName, JvbIngest> publishers = new LinkedHashMap<>();
  private final List<JvbEgress> players = new ArrayList<>();
  private final RoomMonitor monitor;

  /** The plugin's endpoints, from before the bridge allocates them until it has freed them. */
  private final Set<String> endpointIds = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean refreshAsked = new AtomicBoolean();
  private volatile boolean retired;

  JvbRoom(RoomName name, Conferences conferences, Control control, EndpointFactory factory) {
    this.name = name;
    this.conferences = conferences;
    this.control = control;
    this.factory = factory;
    this.allocator = new Allocator(conferences, name);
    this.observed = new ObservedRoom(name, control);
    this.monitor = new RoomMonitor(observed);
  }

  RoomName name() {
    return name;
  }

  /** The numbers of its packets inside the bridge. */
  ConferenceNumbers numbers() {
    return numbers;
  }

  /** Whether the room has been given up: use another. */
  boolean isRetired() {
    return retired;
  }

  /** Gives the room up when nobody is in it or still leaving, and nobody looks. */
  synchronized boolean retireIfIdle() {
    retired |=
        publishers.isEmpty()
            && players.isEmpty()
            && endpointIds.isEmpty()
            && !observed.isObserved();
    return retired;
  }

  synchronized JvbIngest openIngest(IngestRequest request, EndpointListener listener)
      throws BridgeException {
    if (publishers.containsKey(request.stream())) {
      throw new BridgeException(
          BridgeException.Reason.STREAM_IN_USE, "This stream is being published already.");
    }
    JvbIngest ingest = factory.ingest(this, allocator, request, listener);
    publishers.put(request.stream(), ingest);
    refreshLater();
    return ingest;
  }

  /**
   * An SSRC of these that another publisher has. The bridge tells the sources of a conference apart
   * by SSRC alone, and would give one to whoever came last: both would be lost.
   */
  OptionalLong clash(List<LearntEncoding> encodings, @Nullable JvbIngest own) {
    return copyOfPublishers().stream()
        .filter(other -> other != own && !other.isEnded())
        .flatMapToLong(
            other ->
                encodings.stream().flatMapToLong(LearntEncoding::ssrcs).filter(other.groups()::has))
        .findFirst();
  }

  synchronized JvbEgress openEgress(EgressRequest request, EndpointListener listener)
      throws BridgeException {
    JvbEgress egress = factory.egress(this, allocator, request, listener);
    players.add(egress);
    refreshLater();
    return egress;
  }

  /** The room as it is told. */
  ObservedRoom observed() {
    return observed;
  }

  /** Sends a request that is made with a stanza id. */
  ColibriResponse send(Function<String, ConferenceModifyIQ> request) {
    return conferences.send(request.apply(conferences.nextStanzaId()));
  }

  /**
   * Has the bridge free an endpoint. Never while another one is being allocated: the bridge ends a
   * conference with its last endpoint, and would end it under the new one.
   */
  synchronized ColibriResponse expire(ConferenceKey key, String endpointId) {
    return send(id -> ColibriRequests.expire(id, key, endpointId));
  }

  /** The plugin is about to allocate an endpoint of that id. */
  void claim(String endpointId) {
    endpointIds.add(endpointId);
  }

  /** It was not allocated, or is freed. */
  void disclaim(String endpointId) {
    endpointIds.remove(endpointId);
  }

  /** An endpoint has ended; the bridge may still have to free it. */
  void leave(JvbEndpoint endpoint) {
    synchronized (this) {
      if (endpoint instanceof JvbIngest ingest) {
        publishers.remove(ingest.stream(), ingest);
      } else {
        players.remove(endpoint);
      }
      allocator.expireIfEmpty();
    }
    refreshLater();
  }

  /** An endpoint's media can flow. */
  void connected(JvbEndpoint endpoint) {
    refreshLater();
  }

  /** SSRCs of a publisher may have become known. */
  void learnLater(JvbIngest ingest) {
    Runnable learn =
        () -> {
          if (ingest.learn(System.nanoTime())) {
            refresh(
                System.nanoTime(), false); // First: players are to get the keyframe it begins with.
            ingest.release();
          }
        };
    control.execute(learn);
    later(SourceGroups.MEASURE_NANOS, learn);
    later(SourceGroups.PATIENCE_NANOS, learn);
  }

  /**
   * Runs it on the control thread after some nanoseconds, at the least.
   *
   * @return false when the plugin is shutting down, and it will not be run
   */
  boolean later(long nanos, Runnable task) {
    return control.executeAfter(nanos, task);
  }

  /** One refresh does for all that ask before it begins. */
  void refreshLater() {
    if (!refreshAsked.getAndSet(true)) {
      control.execute(
          () -> {
            refreshAsked.set(false);
            refresh(System.nanoTime(), false);
          });
    }
  }

  /** Shows every player what it should see. Called on the control thread. */
  private void refresh(long nowNanos, boolean measured) {
    List<StreamView> views = views();
    List<StreamView> stage = ConferenceStage.order(views, monitor.stage(), speaker());
    monitor.update(views, stage, viewers(), measured);
    List<JvbIngest> ingests = copyOfPublishers();
    long again = JvbEgress.NOT_AGAIN;
    for (JvbEgress player : copyOfPlayers()) {
      player.show(
          player
              .pinned()
              .map(stream -> stage.stream().filter(v -> v.name().equals(stream)).toList())
              .orElse(stage),
          nowNanos);
      again = Math.min(again, player.requestKeyframes(ingests, nowNanos));
    }
    if (again != JvbEgress.NOT_AGAIN) {
      later(again, this::refreshLater);
    }
  }

  /** Looks after everybody. Called on the control thread, a few times a second. */
  void tick(long nowNanos, boolean measure) {
    List<JvbIngest> learnt = new ArrayList<>();
    for (JvbIngest publisher : copyOfPublishers()) {
      publisher.watch(nowNanos);
      if (publisher.learn(nowNanos)) {
        learnt.add(publisher);
      }
      if (measure) {
        publisher.sample(nowNanos);
      }
    }
    copyOfPlayers().forEach(player -> player.watch(nowNanos));
    endForeignConferenceOfPlayersAlone();
    refresh(nowNanos, measure);
    learnt.forEach(JvbIngest::release);
  }

  /** Players must not keep a conference alive that is not the plugin's own. */
  private void endForeignConferenceOfPlayersAlone() {
    List<JvbEgress> mine = copyOfPlayers();
    if (mine.isEmpty()) {
      return;
    }
    Conference conference = mine.get(0).context().conference();
    boolean alone =
        conference.getRelayCount() == 0
            && conference.getEndpoints().stream().allMatch(AbstractEndpoint::getVisitor);
    if (alone && !allocator.isOwn(conference)) {
      mine.forEach(player -> player.end(EndReason.EXPIRED, "everybody else has left the room"));
    }
  }

  /** Ends everybody. Called on the control thread. */
  void shutDown() {
    copyOfPublishers().forEach(p -> p.end(EndReason.SHUTDOWN, "the bridge shuts down"));
    copyOfPlayers().forEach(p -> p.end(EndReason.SHUTDOWN, "the bridge shuts down"));
  }

  /** Whether it is in a conference that others have created, and of which no list may tell. */
  boolean isForeign() {
    return allocator.conference().filter(conference -> !allocator.isOwn(conference)).isPresent();
  }

  /** The room as it is; empty when nobody publishes or watches. */
  Optional<RoomSnapshot> snapshot() {
    List<StreamView> views = views();
    if (views.isEmpty() && copyOfPlayers().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RoomSnapshot(
            name,
            observed.snapshot().version(),
            views.stream().map(RoomViews::snapshot).toList(),
            ConferenceStage.order(views, monitor.stage(), speaker()).stream()
                .findFirst()
                .map(StreamView::name),
            viewers()));
  }

  /** Connected players. */
  int viewers() {
    return (int) copyOfPlayers().stream().filter(JvbEndpoint::isConnected).count();
  }

  private Optional<String> speaker() {
    return allocator
        .conference()
        .map(conference -> conference.getSpeechActivity().getDominantEndpoint())
        .map(AbstractEndpoint::getId);
  }

  private List<StreamView> views() {
    return RoomViews.of(copyOfPublishers(), allocator.conference(), endpointIds, System.nanoTime());
  }

  private synchronized List<JvbIngest> copyOfPublishers() {
    return List.copyOf(publishers.values());
  }

  private synchronized List<JvbEgress> copyOfPlayers() {
    return List.copyOf(players);
  }

  /** Everybody of the plugin that is in the room. */
  synchronized List<JvbEndpoint> endpoints() {
    List<JvbEndpoint> all = new ArrayList<>(publishers.values());
    all.addAll(players);
    return all;
  }
}
