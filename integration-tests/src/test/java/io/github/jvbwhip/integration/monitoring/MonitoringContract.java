package io.github.jvbwhip.integration.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.metrics.Exposition;
import io.github.jvbwhip.integration.PeerContract;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtpPacket;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How the metrics move while real clients publish and watch, the same on both bridges. */
abstract class MonitoringContract extends PeerContract {
  private final HttpClient client = HttpClient.newHttpClient();
  private int hostile;

  /** Whether the metric is one that only the other bridge has. */
  abstract boolean isOfOtherBridge(String metric);

  Exposition metrics() {
    HttpRequest request =
        HttpRequest.newBuilder(server().uri().resolve("metrics")).header("Accept", "*/*").build();
    try {
      return new Exposition(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits for it; metrics may be a second old. */
  private Exposition await(TestPeer peer, String what, Predicate<Exposition> condition) {
    peer.await(what, SOON, () -> condition.test(metrics()));
    return metrics();
  }

  private static double sessions(Exposition metrics, String kind, String state) {
    return metrics.value("whip_whep_sessions{kind=\"%s\",state=\"%s\"}", kind, state);
  }

  private static double posts(Exposition metrics, String kind, String outcome) {
    return metrics.value("whip_whep_posts_total{kind=\"%s\",outcome=\"%s\"}", kind, outcome);
  }

  private static double rewritten(Exposition metrics, String kind) {
    return metrics.value("whip_whep_packets_rewritten_total{kind=\"%s\"}", kind);
  }

  private static double dropped(Exposition metrics, String kind, String reason) {
    return metrics.value(
        "whip_whep_packets_dropped_total{kind=\"%s\",reason=\"%s\"}", kind, reason);
  }

  private static double closed(Exposition metrics, String kind) {
    return metrics.value("whip_whep_sessions_ended_total{kind=\"%s\",reason=\"closed\"}", kind);
  }

  @Test
  void all_that_is_declared_is_there_and_all_that_is_asked_for() throws Exception {
    Exposition metrics = metrics();
    metrics.assertHasProductMetrics();
    assertThat(metrics.value("whip_whep_sessions_limit{kind=\"whip\"}")).isEqualTo(1000);
    Set<String> wanted =
        MonitoringFiles.metricNames().stream()
            .filter(name -> !isOfOtherBridge(name))
            .collect(Collectors.toSet());
    assertThat(metrics.names()).containsAll(wanted);
  }

  @Test
  void sessions_are_counted_and_timed_from_the_post_to_the_end() throws Exception {
    Exposition before = metrics();
    long begun = System.nanoTime();
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(60, SOON);
    URI whep = server().whep(room(), "main");
    Reply offered = HttpSignalling.send("POST", whep, null, null, Map.of());
    assertThat(offered.status()).as(offered.body()).isEqualTo(201);
    URI whip = server().whip(room(), "other");
    assertThat(HttpSignalling.send("POST", whip, "text/plain", "x", Map.of()).status())
        .isEqualTo(415);

    Exposition now =
        await(
            player,
            "all three by their states",
            m ->
                sessions(m, "whip", "connected") == 1
                    && sessions(m, "whep", "connected") == 1
                    && sessions(m, "whep", "offered") == 1
                    && m.value("whep_players_of_largest_room") == 1
                    && rewritten(m, "whep") >= rewritten(before, "whep") + 60);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(now.value("whip_whep_accepting")).isEqualTo(1);
    assertThat(now.value("whep_players_of_rooms_sum")).isEqualTo(1);
    assertThat(posts(now, "whip", "created") - posts(before, "whip", "created")).isEqualTo(1);
    assertThat(posts(now, "whep", "created") - posts(before, "whep", "created")).isEqualTo(2);
    assertThat(posts(now, "whip", "unsupported-media-type"))
        .isEqualTo(posts(before, "whip", "unsupported-media-type") + 1);
    assertTimed(before, now, "whip_answer_seconds", 1, seconds);
    assertTimed(before, now, "whep_answer_seconds", 2, seconds);
    assertTimed(before, now, "whip_whep_allocation_seconds", 3, seconds);
    assertTimed(before, now, "whip_whep_connect_seconds", 2, seconds);
    assertThat(rewritten(now, "whip")).isGreaterThanOrEqualTo(rewritten(before, "whip") + 60);

    assertThat(player.hangUp().status()).isEqualTo(200);
    assertThat(publisher.hangUp().status()).isEqualTo(200);
    HttpSignalling.send("DELETE", offered.location().orElseThrow(), null, null, Map.of());
    Exposition after =
        await(
            player,
            "all gone",
            m ->
                sessions(m, "whip", "connected")
                            + sessions(m, "whep", "connected")
                            + sessions(m, "whep", "offered")
                        == 0
                    && closed(m, "whep") == closed(before, "whep") + 2
                    && closed(m, "whip") == closed(before, "whip") + 1
                    && m.value("whep_players_of_largest_room") == 0);
    assertThat(rewritten(after, "whep")).isGreaterThanOrEqualTo(rewritten(now, "whep"));
  }

  private static void assertTimed(
      Exposition before, Exposition now, String metric, int times, double atMost) {
    assertThat(now.value(metric + "_count") - before.value(metric + "_count"))
        .as(metric)
        .isEqualTo(times);
    assertThat(now.value(metric + "_sum") - before.value(metric + "_sum"))
        .as(metric)
        .isPositive()
        .isLessThan(times * atMost);
  }

  @Test
  void packets_that_a_player_does_not_take_are_counted() {
    OfferSpec twoCodecs =
        OfferSpec.of(
            MediaSpec.audio(MediaSpec.Direction.SENDONLY),
            MediaSpec.video(MediaSpec.Direction.SENDONLY, Codec.H264, Codec.H265));
    Exposition before = metrics();
    TestPeer publisher = publish(twoCodecs);
    TestPeer player = play(PeerOptions.defaults(), OfferSpec.player(Codec.H264));
    MediaSender video = publisher.video(VideoSettings.defaults());
    video.start();
    player.awaitVideoPackets(30, SOON);
    video.stop();

    await(
        player,
        "a packet of another codec",
        m -> {
          publisher.transport().sendRtp(packet(video, 98).toBytes());
          return dropped(m, "whep", "payload_type") > dropped(before, "whep", "payload_type");
        });
  }

  /** A packet that the sender has not sent, with another payload type. */
  private RtpPacket packet(MediaSender video, int payloadType) {
    return new RtpPacket(
        true,
        payloadType,
        video.encoding().nextSequenceNumber() + hostile++ & 0xffff,
        0,
        video.encoding().encoding().ssrc(),
        new TreeMap<>(),
        new byte[] {2, 1, 0x55, 0x55});
  }
}
