package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvbwhip.core.rtp.RtpWriter;
import io.github.jvbwhip.core.threads.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every bridge does: the fake one, the embedded one, the one on JVB. */
@SuppressWarnings("try") // closing twice is part of the contract
public abstract class BridgeContract {
  /** An upper bound, not a measure: a real bridge that has just begun loads its classes first. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static final Pattern ICE_CHARS = Pattern.compile("[A-Za-z0-9+/]+");
  private static final StreamName STREAM = new StreamName("camera");
  private static final StreamName OTHER = new StreamName("other");

  private final RoomName room = new RoomName("contract-" + UUID.randomUUID());
  private Bridge bridge;

  /** A bridge of its own for each test; the contract closes it. */
  protected abstract Bridge createBridge() throws Exception;

  /** A client that can connect to the bridge under test; empty where there is none. */
  protected Optional<ContractPeer> newPeer() throws Exception {
    return Optional.empty();
  }

  @BeforeEach
  void open() throws Exception {
    bridge = createBridge();
  }

  @AfterEach
  void close() {
    bridge.close();
  }

  /** Waits for the opening. */
  private IngestEndpoint openIngest(IngestRequest request, EndpointListener listener)
      throws Exception {
    return opened(bridge.openIngest(request, listener));
  }

  private EgressEndpoint openEgress(EgressRequest request, EndpointListener listener)
      throws Exception {
    return opened(bridge.openEgress(request, listener));
  }

  private static <E> E opened(CompletableFuture<E> opening) throws Exception {
    try {
      return opening.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BridgeException refused) {
        throw refused;
      }
      throw e;
    }
  }

  @Test
  void says_what_it_can_do() {
    assertThat(bridge.name()).isNotBlank();
    assertThat(bridge.availability().state()).isEqualTo(Availability.State.ACCEPTING);
    assertThat(bridge.capabilities().audioCodecs()).contains("opus");
    assertThat(bridge.capabilities().videoCodecs()).contains("VP8");
  }

  @Test
  void answers_ingest_with_a_complete_transport() throws Exception {
    IngestEndpoint endpoint = openIngest(ingest(STREAM), new RecordingListener());

    assertThat(endpoint.id()).isNotBlank();
    assertTransport(endpoint.localTransport());
    assertThat(endpoint.localTransport().role()).contains(DtlsRole.PASSIVE);
    assertThat(endpoint.stats().connected()).isFalse();
    assertThat(endpoint.pair()).isEmpty();
    assertThat(endpoint.notices()).isEmpty();
  }

  @Test
  void takes_the_active_dtls_role_from_a_passive_publisher() throws Exception {
    IngestRequest plain = ingest(STREAM);
    RemoteTransport passive = remote(DtlsRole.PASSIVE);
    IngestRequest request = new IngestRequest(room, STREAM, plain.media(), passive);

    IngestEndpoint endpoint = openIngest(request, new RecordingListener());

    assertThat(endpoint.localTransport().role()).contains(DtlsRole.ACTIVE);
  }

  @Test
  void answers_egress_with_a_complete_transport_and_its_sources() throws Exception {
    EgressEndpoint endpoint = openEgress(egress(), new RecordingListener());

    assertTransport(endpoint.localTransport());
    assertThat(endpoint.sources()).extracting(SentSource::mid).containsExactly("0", "1");
    assertThat(endpoint.sources()).extracting(SentSource::cname).containsOnly(cname(endpoint));
    List<Long> ssrcs =
        endpoint.sources().stream()
            .flatMap(s -> Stream.of(s.ssrc(), s.rtxSsrc().orElse(-s.ssrc())))
            .toList();
    assertThat(ssrcs).doesNotHaveDuplicates();
    assertThat(endpoint.sources()).allMatch(s -> s.ssrc() > 0 && s.ssrc() <= 0xFFFFFFFFL);
  }

  @Test
  void sends_retransmissions_only_where_negotiated() throws Exception {
    assumeTrue(bridge.capabilities().rtx(), "the bridge has no RTX");

    EgressEndpoint endpoint = openEgress(egress(), new RecordingListener());

    assertThat(endpoint.sources().get(0).rtxSsrc()).isEmpty();
    assertThat(endpoint.sources().get(1).rtxSsrc()).isPresent();
  }

  @Test
  void offers_without_a_role_and_is_completed_once() throws Exception {
    EgressRequest offered =
        new EgressRequest(room, Optional.empty(), egress().media(), Optional.empty());

    EgressEndpoint endpoint = openEgress(offered, new RecordingListener());
    assertTransport(endpoint.localTransport());
    assertThat(endpoint.localTransport().role()).isEmpty();

    endpoint.connect(remote(DtlsRole.ACTIVE), offered.media());
    assertThat(endpoint.localTransport().role()).contains(DtlsRole.PASSIVE);
    assertThatThrownBy(() -> endpoint.connect(remote(DtlsRole.ACTIVE), offered.media()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void has_one_live_publisher_for_a_stream() throws Exception {
    IngestEndpoint first = openIngest(ingest(STREAM), new RecordingListener());

    assertThatThrownBy(() -> openIngest(ingest(STREAM), new RecordingListener()))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.STREAM_IN_USE));
    openIngest(ingest(OTHER), new RecordingListener());

    first.close();
    assertThat(openIngest(ingest(STREAM), new RecordingListener()).id()).isNotBlank();
  }

  @Test
  void takes_the_name_of_a_stream_when_it_is_asked_for_it() throws Exception {
    CompletableFuture<IngestEndpoint> first = openLater();

    assertThatThrownBy(() -> opened(openLater()))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.STREAM_IN_USE));
    assertThat(opened(first).id()).isNotBlank();
  }

  /** Does not wait for the opening. */
  protected final CompletableFuture<IngestEndpoint> openLater() {
    return bridge.openIngest(ingest(STREAM), new RecordingListener());
  }

  @Test
  void closes_more_than_once_and_is_harmless_afterwards() throws Exception {
    RecordingListener listener = new RecordingListener();
    IngestEndpoint publisher = openIngest(ingest(STREAM), listener);
    EgressEndpoint player = openEgress(egress(), listener);

    publisher.close();
    publisher.close();
    player.close();
    player.close();

    publisher.addRemoteCandidates(List.of(candidate("192.0.2.77", 4000)), true);
    assertThat(publisher.stats().connected()).isFalse();
    assertOnlyBridgeException(() -> publisher.restartIce(credentials("later"), List.of()));
    assertOnlyBridgeException(() -> player.selectLayer("1", LayerSelection.AUTOMATIC));
    assertThat(listener.calls()).as("close is told to nobody").isEmpty();
    assertThat(bridge.room(room)).isEmpty();
  }

  @Test
  void ignores_candidates_that_it_cannot_use() throws Exception {
    IngestEndpoint endpoint = openIngest(ingest(STREAM), new RecordingListener());
    IceCandidate udp = candidate("192.0.2.77", 4000);
    IceCandidate mdns = candidate("6b1b1b5e-6a5c-4d55-9f2b-5a7d6a3c9d10.local", 4001);
    IceCandidate tcp =
        new IceCandidate(
            "3",
            IceCandidate.Protocol.TCP,
            1,
            "192.0.2.77",
            9,
            IceCandidate.Type.HOST,
            Optional.empty());

    endpoint.addRemoteCandidates(List.of(udp, udp, mdns, tcp), false);
    endpoint.addRemoteCandidates(List.of(udp), true);
    endpoint.addRemoteCandidates(List.of(), true);

    assertThat(bridge.room(room)).isPresent();
  }

  @Test
  void restarts_ice_with_new_credentials_or_refuses_and_goes_on() throws Exception {
    RecordingListener listener = new RecordingListener();
    IngestEndpoint endpoint = openIngest(ingest(STREAM), listener);
    LocalTransport before = endpoint.localTransport();
    try {
      LocalTransport after =
          endpoint.restartIce(credentials("new1"), List.of(candidate("192.0.2.77", 4000)));

      assertTransport(after);
      assertThat(after.credentials().ufrag()).isNotEqualTo(before.credentials().ufrag());
      assertThat(after.credentials().pwd()).isNotEqualTo(before.credentials().pwd());
      assertThat(after.fingerprints()).isEqualTo(before.fingerprints());
      assertThat(endpoint.localTransport().credentials()).isEqualTo(after.credentials());
    } catch (BridgeException e) {
      assertThat(e.reason()).isEqualTo(BridgeException.Reason.RESTART_REFUSED);
      assertThat(endpoint.localTransport()).isEqualTo(before);
    }
    assertThat(listener.calls()).isEmpty();
    assertThat(bridge.room(room)).isPresent();
  }

  @Test
  void refuses_a_layer_that_nobody_publishes() throws Exception {
    openIngest(ingest(STREAM), new RecordingListener());
    EgressEndpoint player = openEgress(egress(), new RecordingListener());
    LayerSelection unknown =
        new LayerSelection(
            Optional.of("no-such-rid"),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    assertThatThrownBy(() -> player.selectLayer("1", unknown))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.LAYER_UNAVAILABLE));
    player.selectLayer("1", LayerSelection.AUTOMATIC);
  }

  @Test
  void frees_what_nobody_waits_for_any_more() throws Exception {
    giveUp(bridge.openIngest(ingest(STREAM), new RecordingListener()));
    giveUp(bridge.openEgress(egress(), new RecordingListener()));

    SnapshotLog log = new SnapshotLog();
    try (Registration registration = bridge.observe(room, log::add)) {
      assertThat(registration).isNotNull();
      log.await("nobody", snapshot -> snapshot.streams().isEmpty());
      IngestEndpoint next = openIngestOnceFree();
      log.await("the next publisher", snapshot -> snapshot.stream(STREAM).isPresent());
      next.close();
      log.await("nobody again", snapshot -> snapshot.streams().isEmpty());
    }
    assertThat(bridge.room(room)).isEmpty();
  }

  /** As a caller does: what came before it gave up is its own to close. */
  private static void giveUp(CompletableFuture<? extends BridgeEndpoint> opening) {
    if (!opening.cancel(true)) {
      opening.join().close();
    }
  }

  /** The name is taken until the bridge is done with the opening that was given up. */
  private IngestEndpoint openIngestOnceFree() throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return openIngest(ingest(STREAM), new RecordingListener());
      } catch (BridgeException e) {
        assertThat(e.reason()).isEqualTo(BridgeException.Reason.STREAM_IN_USE);
        assertThat(System.nanoTime() - deadline).as("the name is free in time").isNegative();
      }
    }
  }

  @Test
  void shows_no_publisher_that_it_refused() throws Exception {
    IngestEndpoint first = openIngest(ingest(STREAM), new RecordingListener());
    SnapshotLog log = new SnapshotLog();
    try (Registration registration = bridge.observe(room, log::add)) {
      assertThat(registration).isNotNull();
      log.await("the publisher", snapshot -> snapshot.stream(STREAM).isPresent());
      assertThatThrownBy(() -> openIngest(ingest(STREAM), new RecordingListener()))
          .isInstanceOf(BridgeException.class);

      first.close();
      log.await("nobody", snapshot -> snapshot.streams().isEmpty());
      assertThat(log.all()).allMatch(snapshot -> snapshot.streams().size() <= 1);
    }
  }

  @Test
  void refuses_mids_that_were_not_asked_for_and_one_that_comes_twice() throws Exception {
    EgressRequest offered =
        new EgressRequest(room, Optional.empty(), egress().media(), Optional.empty());
    EgressEndpoint endpoint = openEgress(offered, new RecordingListener());
    EgressMedia unknown = new EgressMedia("7", MediaKind.AUDIO, List.of(opus()), mid());

    assertThatThrownBy(() -> endpoint.connect(remote(DtlsRole.ACTIVE), List.of(unknown)))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.REFUSED));
    List<EgressMedia> twice = List.of(offered.media().get(0), offered.media().get(0));
    assertThatThrownBy(() -> endpoint.connect(remote(DtlsRole.ACTIVE), twice))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.REFUSED));
    for (String mid : List.of("7", "0")) {
      assertThatThrownBy(() -> endpoint.selectLayer(mid, LayerSelection.AUTOMATIC))
          .isInstanceOfSatisfying(
              BridgeException.class,
              e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.LAYER_UNAVAILABLE));
    }
    endpoint.connect(remote(DtlsRole.ACTIVE), offered.media());
  }

  @Test
  void tells_a_room_at_registration_and_later_in_order() throws Exception {
    SnapshotLog early = new SnapshotLog();
    SnapshotLog late = new SnapshotLog();
    try (Registration first = bridge.observe(room, early::add)) {
      early.await("an empty room", snapshot -> snapshot.equals(RoomSnapshot.empty(room)));
      IngestEndpoint publisher = openIngest(ingest(STREAM), new RecordingListener());
      early.await("the publisher", snapshot -> snapshot.stream(STREAM).isPresent());

      try (Registration second = bridge.observe(room, late::add)) {
        RoomSnapshot told = late.next();
        assertThat(told.name()).isEqualTo(room);
        assertThat(told.stream(STREAM).orElseThrow().codecs())
            .extracting(Codec::name)
            .contains("opus", "VP8");

        publisher.close();
        early.await("nobody", snapshot -> snapshot.streams().isEmpty());
        late.await("nobody", snapshot -> snapshot.streams().isEmpty());
        second.close();
      }
      first.close();
      first.close();
    }
    assertThat(early.all()).extracting(RoomSnapshot::version).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void tells_nothing_after_the_registration_is_closed() throws Exception {
    SnapshotLog closed = new SnapshotLog();
    SnapshotLog open = new SnapshotLog();
    try (Registration registration = bridge.observe(room, closed::add)) {
      assertThat(registration).isNotNull();
      closed.next();
    }
    try (Registration registration = bridge.observe(room, open::add)) {
      assertThat(registration).isNotNull();
      openIngest(ingest(STREAM), new RecordingListener());

      open.await("the publisher", snapshot -> snapshot.stream(STREAM).isPresent());
      assertThat(closed.all()).hasSize(1);
    }
  }

  @Test
  void shows_rooms_as_they_are() throws Exception {
    assertThat(bridge.room(room)).isEmpty();

    IngestEndpoint publisher = openIngest(ingest(STREAM), new RecordingListener());
    RoomSnapshot snapshot = bridge.room(room).orElseThrow();
    assertThat(snapshot.streams()).extracting(StreamSnapshot::name).containsExactly(STREAM);
    assertThat(snapshot.viewers()).as("connected players").isZero();
    assertThat(bridge.rooms()).extracting(RoomSnapshot::name).contains(room);

    publisher.close();
    assertThat(bridge.room(room)).isEmpty();
    assertThat(bridge.rooms()).extracting(RoomSnapshot::name).doesNotContain(room);
  }

  @Test
  void tells_that_some_room_is_different() throws Exception {
    Semaphore closed = new Semaphore(0);
    bridge.observeRooms(closed::release).close();
    Semaphore changes = new Semaphore(0);
    try (Registration registration = bridge.observeRooms(changes::release)) {
      assertThat(registration).isNotNull();
      IngestEndpoint publisher = openIngest(ingest(STREAM), new RecordingListener());
      awaitChange(changes, true);
      publisher.close();
      awaitChange(changes, false);
    }
    assertThat(closed.availablePermits()).isZero();
  }

  private void awaitChange(Semaphore changes, boolean there) throws InterruptedException {
    boolean seen;
    do {
      assertThat(changes.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("in time").isTrue();
      seen = bridge.rooms().stream().anyMatch(each -> each.name().equals(room));
    } while (seen != there);
  }

  @Test
  void shows_rooms_as_they_were_told() throws Exception {
    IngestEndpoint publisher = openIngest(ingest(STREAM), new RecordingListener());
    RoomSnapshot opened = bridge.room(room).orElseThrow();
    openIngest(ingest(OTHER), new RecordingListener());
    SnapshotLog log = new SnapshotLog();
    try (Registration registration = bridge.observe(room, log::add)) {
      assertThat(registration).isNotNull();
      RoomSnapshot shown = bridge.room(room).orElseThrow();
      RoomSnapshot told = log.next();
      assertThat(shown.version()).isGreaterThan(opened.version());
      assertThat(told.stream(OTHER)).isPresent();
      assertThat(told.version()).isGreaterThan(opened.version());
      if (told.version() == shown.version()) {
        assertThat(told).isEqualTo(shown);
      }

      publisher.close();
      RoomSnapshot closed = bridge.room(room).orElseThrow();
      assertThat(closed.stream(STREAM)).isEmpty();
      log.await("it has left", snapshot -> snapshot.version() >= closed.version());
      assertThat(log.all().get(log.all().size() - 1).stream(STREAM)).isEmpty();
    }
  }

  @Test
  void has_the_first_publisher_on_the_stage_while_nobody_sends() throws Exception {
    SnapshotLog log = new SnapshotLog();
    try (Registration registration = bridge.observe(room, log::add)) {
      assertThat(registration).isNotNull();
      IngestEndpoint first = openIngest(ingest(STREAM), new RecordingListener());
      assertThat(stage()).contains(STREAM);
      IngestEndpoint second = openIngest(ingest(OTHER), new RecordingListener());
      assertThat(stage()).contains(STREAM);

      first.close();
      assertThat(stage()).contains(OTHER);
      log.await("the second", snapshot -> snapshot.stage().equals(Optional.of(OTHER)));
      second.close();
      log.await("nobody", snapshot -> snapshot.streams().isEmpty());
      assertThat(log.all())
          .allMatch(snapshot -> snapshot.stage().isPresent() != snapshot.streams().isEmpty());
    }
  }

  @Test
  void has_who_sends_on_the_stage_before_who_does_not() throws Exception {
    try (ContractPeer peer = newPeer().orElse(null)) {
      assumeTrue(peer != null, "this bridge's contract has no peer with media");
      openIngest(ingest(STREAM), new RecordingListener());
      RecordingListener listener = new RecordingListener();
      IngestRequest plain = ingest(OTHER);
      IngestEndpoint sender =
          openIngest(new IngestRequest(room, OTHER, plain.media(), peer.transport()), listener);
      assertThat(stage()).contains(STREAM);
      peer.connect(sender.localTransport());
      assertThat(listener.awaitConnected(LIMIT)).as("connected in time").isTrue();

      SnapshotLog log = new SnapshotLog();
      try (Registration registration = bridge.observe(room, log::add)) {
        assertThat(registration).isNotNull();
        long ssrc = plain.media().get(0).encodings().get(0).ssrc().orElseThrow();
        int[] number = {1};
        log.await(
            "who sends",
            snapshot -> snapshot.stage().equals(Optional.of(OTHER)),
            () -> peer.send(sound(ssrc, number[0]++)));
        sender.close();
        assertThat(stage()).contains(STREAM);
      }
    }
  }

  @Test
  void tells_of_several_tracks_of_a_publisher_in_order() throws Exception {
    openIngest(tracks(remote(DtlsRole.ACTIVE)), new RecordingListener());

    StreamSnapshot stream = bridge.room(room).orElseThrow().stream(STREAM).orElseThrow();
    assertThat(stream.tracks())
        .extracting(TrackSnapshot::kind)
        .containsExactly(MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.VIDEO, MediaKind.AUDIO);
    assertThat(stream.tracks()).noneMatch(TrackSnapshot::active);
    assertThat(stream.codecs()).containsExactly(opus().codec(), vp8().codec());
  }

  @Test
  void tells_which_track_of_a_kind_comes_in() throws Exception {
    try (ContractPeer peer = newPeer().orElse(null)) {
      assumeTrue(peer != null, "this bridge's contract has no peer with media");
      RecordingListener listener = new RecordingListener();
      IngestRequest request = tracks(peer.transport());
      IngestEndpoint publisher = openIngest(request, listener);
      peer.connect(publisher.localTransport());
      assertThat(listener.awaitConnected(LIMIT)).as("connected in time").isTrue();

      SnapshotLog log = new SnapshotLog();
      try (Registration registration = bridge.observe(room, log::add)) {
        assertThat(registration).isNotNull();
        long ssrc = request.media().get(3).encodings().get(0).ssrc().orElseThrow();
        int[] number = {1};
        log.await(
            "the second sound alone",
            snapshot ->
                snapshot.stream(STREAM)
                    .map(stream -> stream.tracks().stream().map(TrackSnapshot::active).toList())
                    .equals(Optional.of(List.of(false, false, false, true))),
            () -> peer.send(sound(ssrc, number[0]++)));
      }
    }
  }

  /** A microphone, a camera, a screen and its sound. */
  private IngestRequest tracks(RemoteTransport transport) {
    List<IngestMedia> media = new ArrayList<>(ingest(STREAM).media());
    media.add(
        new IngestMedia("2", MediaKind.VIDEO, List.of(vp8()), mid(), List.of(encoding(301, 302))));
    media.add(
        new IngestMedia("3", MediaKind.AUDIO, List.of(opus()), mid(), List.of(encoding(303, 0))));
    return new IngestRequest(room, STREAM, media, transport);
  }

  private PlannedEncoding encoding(long ssrc, long rtxSsrc) {
    return new PlannedEncoding(
        Optional.empty(),
        OptionalLong.of(ssrc),
        rtxSsrc != 0 && bridge.capabilities().rtx()
            ? OptionalLong.of(rtxSsrc)
            : OptionalLong.empty());
  }

  private Optional<StreamName> stage() {
    return bridge.room(room).orElseThrow().stage();
  }

  private static byte[] sound(long ssrc, int number) {
    byte[] packet = new byte[32];
    RtpWriter.write(packet, 0, 111, number, number * 960L, ssrc);
    return packet;
  }

  @Test
  void frees_everything_when_it_is_closed() throws Exception {
    RecordingListener publisher = new RecordingListener();
    RecordingListener player = new RecordingListener();
    openIngest(ingest(STREAM), publisher);
    openEgress(egress(), player);

    bridge.close();
    bridge.close();

    assertThat(publisher.awaitEnded(LIMIT)).contains(EndReason.SHUTDOWN);
    assertThat(player.awaitEnded(LIMIT)).contains(EndReason.SHUTDOWN);
    assertThat(bridge.rooms()).isEmpty();
    assertThatThrownBy(() -> openIngest(ingest(STREAM), new RecordingListener()))
        .isInstanceOf(BridgeException.class);
  }

  @Test
  void tells_that_a_publisher_connected_and_left() throws Exception {
    try (ContractPeer peer = newPeer().orElse(null)) {
      assumeTrue(peer != null, "this bridge's contract has no peer with media");
      RecordingListener listener = new RecordingListener();
      IngestRequest request =
          new IngestRequest(room, STREAM, ingest(STREAM).media(), peer.transport());
      IngestEndpoint endpoint = openIngest(request, listener);

      peer.connect(endpoint.localTransport());
      assertThat(listener.awaitConnected(LIMIT)).as("connected in time").isTrue();
      assertThat(endpoint.stats().connected()).isTrue();
      assertPair(endpoint);

      peer.close();
      assertThat(listener.awaitEnded(Duration.ofSeconds(60)))
          .hasValueSatisfying(
              reason -> assertThat(reason).isIn(EndReason.DTLS_CLOSED, EndReason.CONSENT_LOST));
      assertThat(listener.calls()).hasSize(2).first().isEqualTo("connected");
      assertThat(bridge.room(room)).as("freed by the bridge").isEmpty();
    }
  }

  @Test
  void counts_a_connected_player() throws Exception {
    try (ContractPeer peer = newPeer().orElse(null)) {
      assumeTrue(peer != null, "this bridge's contract has no peer with media");
      RecordingListener listener = new RecordingListener();
      SnapshotLog log = new SnapshotLog();
      try (Registration registration = bridge.observe(room, log::add)) {
        EgressRequest request =
            new EgressRequest(
                room, Optional.empty(), egress().media(), Optional.of(peer.transport()));
        EgressEndpoint endpoint = openEgress(request, listener);
        peer.connect(endpoint.localTransport());

        assertThat(registration).isNotNull();
        assertThat(listener.awaitConnected(LIMIT)).as("connected in time").isTrue();
        log.await("a viewer", snapshot -> snapshot.viewers() == 1);
        assertPair(endpoint);
        assertThat(endpoint.videos()).containsExactly(SentVideo.nothing("1", 0));
        endpoint.close();
        log.await("no viewer", snapshot -> snapshot.viewers() == 0);
      }
    }
  }

  private static String cname(EgressEndpoint endpoint) {
    String cname = endpoint.sources().get(0).cname();
    assertThat(cname).isNotBlank();
    return cname;
  }

  private static void assertPair(BridgeEndpoint endpoint) {
    // A bridge may connect over a pair that works before ICE has settled on one.
    SelectedPair pair =
        Await.until("ICE has selected a pair", endpoint::pair, Optional::isPresent).orElseThrow();
    assertThat(pair.protocol()).isEqualTo(IceCandidate.Protocol.UDP);
    assertThat(pair.localPort())
        .isIn(endpoint.localTransport().candidates().stream().map(IceCandidate::port).toList());
    assertThat(pair.localAddress()).matches("[0-9a-fA-F.:]+");
    assertThat(pair.remoteAddress()).matches("[0-9a-fA-F.:]+");
    assertThat(pair.remotePort()).isBetween(1, 65535);
  }

  private static void assertTransport(LocalTransport transport) {
    assertThat(transport.credentials().ufrag()).hasSizeBetween(4, 256).matches(ICE_CHARS);
    assertThat(transport.credentials().pwd()).hasSizeBetween(22, 256).matches(ICE_CHARS);
    assertThat(transport.fingerprints()).isNotEmpty();
    assertThat(transport.fingerprints())
        .allSatisfy(
            f -> {
              assertThat(f.hash()).matches("[a-z0-9-]+");
              assertThat(f.value()).matches("[0-9A-F]{2}(:[0-9A-F]{2})+");
            });
    assertThat(transport.candidates()).isNotEmpty();
    IceCandidate first = transport.candidates().get(0);
    assertThat(first.protocol()).isEqualTo(IceCandidate.Protocol.UDP);
    assertThat(first.type()).isEqualTo(IceCandidate.Type.HOST);
    assertThat(transport.candidates())
        .allSatisfy(c -> assertThat(c.port()).isBetween(1, 65535))
        .allSatisfy(c -> assertThat(c.priority()).isBetween(1L, 0xFFFFFFFFL))
        .allSatisfy(c -> assertThat(c.address()).matches("[0-9a-fA-F.:]+"));
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void assertOnlyBridgeException(Call call) {
    Throwable thrown = catchThrowable(call::run);
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(BridgeException.class);
    }
  }

  private static IceCandidate candidate(String address, int port) {
    return new IceCandidate(
        "1",
        IceCandidate.Protocol.UDP,
        2130706431L,
        address,
        port,
        IceCandidate.Type.HOST,
        Optional.empty());
  }

  private static IceCredentials credentials(String ufrag) {
    return new IceCredentials(ufrag, "contractcontractcontract");
  }

  private static RemoteTransport remote(DtlsRole role) {
    Fingerprint fingerprint = new Fingerprint("sha-256", "AB:CD".concat(":01".repeat(30)));
    return new RemoteTransport(credentials("peer"), List.of(), List.of(fingerprint), role);
  }

  /** With SSRCs of the stream's own: bridges may refuse those of another publisher. */
  private IngestRequest ingest(StreamName stream) {
    long base = (stream.value().hashCode() & 0x7FFFFFFFL) + 10;
    PlannedEncoding audio =
        new PlannedEncoding(Optional.empty(), OptionalLong.of(base), OptionalLong.empty());
    PlannedEncoding video =
        new PlannedEncoding(
            Optional.empty(),
            OptionalLong.of(base + 1),
            bridge.capabilities().rtx() ? OptionalLong.of(base + 2) : OptionalLong.empty());
    return new IngestRequest(
        room,
        stream,
        List.of(
            new IngestMedia("0", MediaKind.AUDIO, List.of(opus()), mid(), List.of(audio)),
            new IngestMedia("1", MediaKind.VIDEO, List.of(vp8()), mid(), List.of(video))),
        remote(DtlsRole.ACTIVE));
  }

  private EgressRequest egress() {
    return new EgressRequest(
        room,
        Optional.empty(),
        List.of(
            new EgressMedia("0", MediaKind.AUDIO, List.of(opus()), mid()),
            new EgressMedia("1", MediaKind.VIDEO, List.of(vp8()), mid())),
        Optional.of(remote(DtlsRole.ACTIVE)));
  }

  private static List<NegotiatedExtension> mid() {
    return List.of(new NegotiatedExtension(4, HeaderExtensionType.MID));
  }

  private static NegotiatedCodec opus() {
    Codec codec = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of("useinbandfec", "1"));
    return new NegotiatedCodec(111, codec, OptionalInt.empty(), Set.of());
  }

  private NegotiatedCodec vp8() {
    Codec codec = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());
    OptionalInt rtx = bridge.capabilities().rtx() ? OptionalInt.of(97) : OptionalInt.empty();
    return new NegotiatedCodec(96, codec, rtx, Set.of(Feedback.NACK, Feedback.NACK_PLI));
  }

  /** Snapshots as they come, on whatever thread. */
  private static final class SnapshotLog {
    private final BlockingQueue<RoomSnapshot> unread = new LinkedBlockingQueue<>();
    private final List<RoomSnapshot> all = new CopyOnWriteArrayList<>();

    void add(RoomSnapshot snapshot) {
      all.add(snapshot);
      unread.add(snapshot);
    }

    List<RoomSnapshot> all() {
      return List.copyOf(all);
    }

    RoomSnapshot next() throws InterruptedException {
      RoomSnapshot snapshot = unread.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(snapshot).as("a snapshot in time, after " + all).isNotNull();
      return snapshot;
    }

    /** Passes over those before. */
    void await(String what, Predicate<RoomSnapshot> wanted) throws InterruptedException {
      RoomSnapshot snapshot = next();
      while (!wanted.test(snapshot)) {
        snapshot = unread.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(snapshot).as(what + " in time, after " + all).isNotNull();
      }
    }

    /**
     * Likewise.
     *
     * @param each done about fifty times a second meanwhile
     */
    void await(String what, Predicate<RoomSnapshot> wanted, Runnable each)
        throws InterruptedException {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      RoomSnapshot snapshot = null;
      while (snapshot == null || !wanted.test(snapshot)) {
        assertThat(System.nanoTime() - deadline).as(what + " in time, after " + all).isNegative();
        each.run();
        snapshot = unread.poll(20, TimeUnit.MILLISECONDS);
      }
    }
  }
}
