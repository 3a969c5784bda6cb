package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Openings on a port that takes its time. */
class OpeningTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final StreamName STREAM = new StreamName("camera");
  private static final EndpointListener NOBODY =
      new EndpointListener() {
        @Override
        public void connected() {}

        @Override
        public void ended(EndReason reason, String detail) {}
      };

  private final HeldTransports transports = new HeldTransports();
  private final ToldMetrics metrics = new ToldMetrics();
  private final EmbeddedBridge bridge =
      new EmbeddedBridge(EmbeddedBridgeConfig.onPort(0), transports, metrics);
  private final BlockingQueue<RoomSnapshot> told = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    transports.release();
    bridge.close();
  }

  private CompletableFuture<IngestEndpoint> publish() {
    return publish(List.of());
  }

  private CompletableFuture<IngestEndpoint> publish(List<IngestMedia> media) {
    RemoteTransport remote =
        new RemoteTransport(
            new IceCredentials("abcd", "abcdefghijklmnopqrstuv"),
            List.of(),
            List.of(new Fingerprint("sha-256", "00")),
            DtlsRole.ACTIVE);
    return bridge.openIngest(new IngestRequest(ROOM, STREAM, media, remote), NOBODY);
  }

  private CompletableFuture<EgressEndpoint> watch() {
    return bridge.openEgress(
        new EgressRequest(ROOM, Optional.empty(), List.of(), Optional.empty()), NOBODY);
  }

  private static BridgeException.Reason reason(CompletableFuture<?> opening) {
    Throwable failure = catchThrowable(() -> opening.orTimeout(10, TimeUnit.SECONDS).join());
    assertThat(failure).isInstanceOf(CompletionException.class);
    assertThat(failure.getCause()).isInstanceOf(BridgeException.class);
    return ((BridgeException) failure.getCause()).reason();
  }

  @Test
  void the_caller_does_not_wait_and_the_name_is_taken_but_not_shown() throws Exception {
    CompletableFuture<IngestEndpoint> opening = publish();

    transports.awaitAsked();
    assertThat(opening).isNotDone();
    assertThat(bridge.room(ROOM)).isEmpty();
    assertThat(reason(publish())).isEqualTo(BridgeException.Reason.STREAM_IN_USE);

    transports.release();
    assertThat(opening.get(10, TimeUnit.SECONDS).id()).isNotBlank();
    assertThat(bridge.room(ROOM).orElseThrow().stream(STREAM)).isPresent();
  }

  @Test
  void what_is_made_for_one_who_gave_up_is_freed_and_the_name_is_free_then() throws Exception {
    CompletableFuture<IngestEndpoint> publisher = publish();
    CompletableFuture<EgressEndpoint> player = watch();
    transports.awaitAsked();
    transports.awaitAsked();

    assertThat(publisher.cancel(true)).isTrue();
    assertThat(player.cancel(true)).isTrue();
    assertThat(reason(publish())).isEqualTo(BridgeException.Reason.STREAM_IN_USE);
    transports.release();

    transports.awaitClosed();
    transports.awaitClosed();
    assertThat(publish().get(10, TimeUnit.SECONDS).id()).isNotBlank();
    assertThat(metrics.lines()).hasSize(1).allMatch(line -> line.startsWith("opened WHIP "));
  }

  @Test
  void those_that_are_open_are_measured() throws Exception {
    transports.release();
    IngestEndpoint publisher = publish().get(10, TimeUnit.SECONDS);
    watch().get(10, TimeUnit.SECONDS);

    bridge.measure();
    publisher.close();
    bridge.drain(Optional.empty());
    bridge.measure();

    assertThat(metrics.lines().subList(2, metrics.lines().size()))
        .containsExactly(
            "accepting true",
            "sessions WHIP CONNECTING 1",
            "sessions WHEP OFFERED 1",
            "audiences [0]",
            "ended WHIP closed",
            "accepting false",
            "sessions WHEP OFFERED 1",
            "audiences [0]");
  }

  @Test
  void for_one_who_gave_up_before_its_turn_nothing_is_made() throws Exception {
    watch();
    watch();
    transports.awaitAsked();
    transports.awaitAsked();
    CompletableFuture<IngestEndpoint> third = publish();
    CompletableFuture<EgressEndpoint> fourth = watch();

    third.cancel(true);
    transports.release();

    assertThat(fourth.get(10, TimeUnit.SECONDS).id()).isNotBlank();
    assertThat(transports.asked()).isEqualTo(3);
    assertThat(publish().get(10, TimeUnit.SECONDS).id()).isNotBlank();
  }

  @Test
  void a_publisher_that_is_refused_was_never_seen() throws Exception {
    try (Registration registration = bridge.observe(ROOM, told::add)) {
      assertThat(registration).isNotNull();
      // First: who is told late is told the newest alone.
      assertThat(told.poll(10, TimeUnit.SECONDS).streams()).isEmpty();
      transports.fail(new BridgeException(BridgeException.Reason.REFUSED, "test"));
      CompletableFuture<IngestEndpoint> refused = publish();
      transports.release();
      assertThat(reason(refused)).isEqualTo(BridgeException.Reason.REFUSED);

      assertThat(publish().get(10, TimeUnit.SECONDS).id()).isNotBlank();
      RoomSnapshot next = told.poll(10, TimeUnit.SECONDS);
      assertThat(next.stream(STREAM)).isPresent();
      assertThat(next.version()).as("nothing was told between").isEqualTo(1);
    }
  }

  @Test
  void an_error_while_a_transport_is_made_fails_the_opening_and_costs_no_place() throws Exception {
    transports.fail(new NoClassDefFoundError("test"));
    CompletableFuture<EgressEndpoint> broken = watch();
    transports.release();

    assertThat(reason(broken)).isEqualTo(BridgeException.Reason.INTERNAL);
    assertThat(bridge.room(ROOM)).isEmpty();
    assertThat(watch().get(10, TimeUnit.SECONDS).id()).isNotBlank();
  }

  @Test
  void a_publisher_that_cannot_come_into_the_room_leaves_no_room() throws Exception {
    Codec opus = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of());
    NegotiatedCodec impossible = new NegotiatedCodec(1000, opus, OptionalInt.empty(), Set.of());
    PlannedEncoding encoding =
        new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    IngestMedia media =
        new IngestMedia("0", MediaKind.AUDIO, List.of(impossible), List.of(), List.of(encoding));
    transports.release();

    assertThat(catchThrowable(() -> publish(List.of(media)))).isNotNull();

    publish().get(10, TimeUnit.SECONDS).close();
    try (Registration registration = bridge.observe(ROOM, told::add)) {
      assertThat(registration).isNotNull();
      assertThat(told.poll(10, TimeUnit.SECONDS))
          .as("a new room")
          .isEqualTo(RoomSnapshot.empty(ROOM));
    }
  }

  @Test
  void openings_that_wait_fail_when_the_bridge_is_closed() throws Exception {
    CompletableFuture<EgressEndpoint> asked = watch();
    transports.awaitAsked();

    bridge.close();
    transports.release();

    assertThat(reason(asked)).isEqualTo(BridgeException.Reason.DRAINING);
    assertThat(bridge.availability().state()).isEqualTo(Availability.State.DRAINING);
    transports.awaitClosed();
  }
}
