package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.integration.clients.GStreamerPublisher;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the operator's API tells when somebody complains of a black picture. */
abstract class InsightContract extends WhipContract {
  private static final String TOKEN = "operators-own";

  static final Map<String, ?> SETTINGS =
      Map.of(
          "videobridge.whip.operator.enabled",
          true,
          "videobridge.whip.operator.tokens",
          List.of(TOKEN));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** One member of the room, by the pointer of RFC 6901. */
  private JsonNode told(String pointer) {
    Reply reply =
        HttpSignalling.send(
            "GET",
            server().uri().resolve("operator/rooms/" + room()),
            null,
            null,
            Map.of("Authorization", "Bearer " + TOKEN));
    try {
      return JSON.readTree(reply.body()).at(pointer);
    } catch (JsonProcessingException e) {
      throw new AssertionError(reply.body(), e);
    }
  }

  private List<String> notices() {
    return StreamSupport.stream(told("/publishers/0/notices").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private TestPeer publishVideo() {
    TestPeer peer = publish(PeerOptions.defaults(), PUBLISHER);
    peer.video(VideoSettings.defaults()).start();
    return peer;
  }

  @Test
  void the_pair_that_ice_has_selected_is_told() {
    publishVideo();
    await("a pair", () -> told("/publishers/0/pair").isObject());
    JsonNode pair = told("/publishers/0/pair");
    assertThat(pair.at("/local").asText()).matches(".+:[0-9]+");
    assertThat(pair.at("/remote").asText())
        .matches(".+:[0-9]+")
        .isNotEqualTo(pair.at("/local").asText());
    assertThat(pair.at("/protocol").asText()).isEqualTo("udp");
    assertThat(pair.at("/remoteType").asText()).isIn("host", "prflx");
  }

  @Test
  void sound_that_was_negotiated_and_does_not_come_is_told() {
    TestPeer peer = publishVideo();
    await("a notice", () -> notices().contains(MediaNotice.NO_AUDIO.text()));
    assertThat(notices()).containsExactly(MediaNotice.NO_AUDIO.text());
    peer.audio().start();
    await("no notice", () -> notices().isEmpty());
  }

  @Test
  @Requires(Tool.GSTREAMER)
  void b_frames_are_told() {
    try (GStreamerPublisher publisher = GStreamerPublisher.publish(endpoint("main"), "h264-b")) {
      publisher.awaitFrames(50, SOON);
      await("a notice", () -> notices().contains(MediaNotice.B_FRAMES.text()));
      assertThat(notices()).containsExactly(MediaNotice.B_FRAMES.text());
    }
  }

  @Test
  @Requires(Tool.GSTREAMER)
  void without_b_frames_nothing_is_told() {
    try (GStreamerPublisher publisher = GStreamerPublisher.publish(endpoint("main"), "h264")) {
      publisher.awaitFrames(100, SOON);
      await("media", () -> told("/publishers/0/tracks/1/active").asBoolean());
      assertThat(notices()).isEmpty();
    }
  }

  @Test
  void what_a_player_gets_is_told() {
    publishVideo();
    TestPeer player = peer(PeerOptions.defaults());
    created(player.connect(server().whep(room(), "main"), OfferSpec.player(Codec.VP8)));
    player.awaitKeyframes(1, SOON);
    await("a bit rate", () -> told("/players/0/videos/0/bitrate").asLong() > 0);

    JsonNode video = told("/players/0/videos/0");
    assertThat(video.at("/stream").asText()).isEqualTo("main");
    assertThat(video.at("/width").asInt()).isEqualTo(VideoSettings.defaults().width());
    assertThat(video.at("/height").asInt()).isEqualTo(VideoSettings.defaults().height());
    long before = video.at("/keyframeRequests").asLong();
    player.feedback().pictureLoss(player.received().video().get(0).ssrc());
    await(
        "a request that is counted",
        () -> told("/players/0/videos/0/keyframeRequests").asLong() > before);
  }
}
