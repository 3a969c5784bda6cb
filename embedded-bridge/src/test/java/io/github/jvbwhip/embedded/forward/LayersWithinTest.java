package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporal and spatial layers of one encoding: the former can be left out, the latter cannot. */
class LayersWithinTest {
  private static final OptionalInt NONE = OptionalInt.empty();
  private static final long SSRC = 5;

  /** Frame 1, template 0, and the structure: templates 0 and 1, one for each temporal layer. */
  private static final byte[] TWO_TEMPORAL_LAYERS = {
    (byte) 0xC0, 0, 1, (byte) 0x80, 0x01, 0x7A, 0x14, 0
  };

  private final TestRoom room = new TestRoom();

  private TestPublisher publish(String name) {
    return room.publisher("s", publishedVideo(SSRC, codec(96, video(name))));
  }

  private TestPlayer play(String name) {
    return room.player("s", playedVideo("v", codec(120, video(name))));
  }

  private boolean select(TestPlayer player, LayerSelection wish) {
    return player.player().selectLayer("v", wish, room.now());
  }

  private static LayerSelection temporal(int id) {
    return new LayerSelection(Optional.empty(), NONE, OptionalInt.of(id), NONE, NONE, NONE, NONE);
  }

  private static LayerSelection maxTemporal(int id) {
    return new LayerSelection(Optional.empty(), NONE, NONE, NONE, OptionalInt.of(id), NONE, NONE);
  }

  private static LayerSelection spatial(int id) {
    return new LayerSelection(Optional.empty(), OptionalInt.of(id), NONE, NONE, NONE, NONE, NONE);
  }

  private static LayerSelection maxSpatial(int id) {
    return new LayerSelection(Optional.empty(), NONE, NONE, OptionalInt.of(id), NONE, NONE, NONE);
  }

  /** RFC 9628 §4.2, non-flexible mode: picture id, layer indices, TL0PICIDX. */
  private static byte[] vp9(boolean keyframe, int picture, int temporal, int spatial) {
    return new byte[] {
      (byte) (0xA0 | (keyframe ? 0 : 0x40) | 0x0C),
      (byte) (0x80 | picture >> 8),
      (byte) picture,
      (byte) (temporal << 5 | spatial << 1),
      0,
      0x00,
      1,
      2
    };
  }

  private static void assertContinuous(List<RecordingSink.Sent> got) {
    for (int i = 1; i < got.size(); i++) {
      assertThat(got.get(i).sequenceNumber() - got.get(i - 1).sequenceNumber() & 0xFFFF)
          .isEqualTo(1);
    }
  }

  @Test
  void upper_temporal_layers_of_vp8_are_left_out_without_gaps() {
    TestPublisher publisher = publish("VP8");
    TestPlayer player = play("VP8");
    publisher.send(rtp(96, 1, 3000, SSRC, vp8(true, 1, 1, 0, 640)));
    publisher.send(rtp(96, 2, 6000, SSRC, vp8(false, 2, 1, 1, 640)));
    assertThat(select(player, maxTemporal(0))).isTrue();
    player.sink().clear();

    for (int i = 3; i < 21; i++) {
      publisher.send(rtp(96, i, i * 3000L, SSRC, vp8(false, i, i / 2, 1 - i % 2, 640)));
    }

    List<RecordingSink.Sent> got = player.received(0);
    assertThat(got).hasSize(9);
    assertContinuous(got);
    for (int i = 1; i < got.size(); i++) {
      assertThat(got.get(i).vp8().pictureId() - got.get(i - 1).vp8().pictureId()).isEqualTo(1);
      assertThat(got.get(i).vp8().temporalId()).isZero();
    }
  }

  @Test
  void upper_temporal_layers_of_vp9_are_left_out_until_a_keyframe_after_they_are_wanted_again() {
    TestPublisher publisher = publish("VP9");
    TestPlayer player = play("VP9");
    publisher.send(rtp(96, 1, 3000, SSRC, vp9(true, 1, 0, 0)));
    publisher.send(rtp(96, 2, 6000, SSRC, vp9(false, 2, 1, 0)));
    publisher.send(rtp(96, 3, 9000, SSRC, vp9(false, 3, 0, 0)));
    assertThat(select(player, temporal(0))).isTrue();
    for (int i = 4; i < 10; i++) {
      publisher.send(rtp(96, i, i * 3000L, SSRC, vp9(false, i, 1 - i % 2, 0)));
    }
    assertThat(player.received(0)).hasSize(3 + 3);
    assertThat(player.last(0).payload()[2]).as("the picture ids stay").isEqualTo((byte) 9);

    room.pass(600);
    publisher.sink().clear();
    assertThat(select(player, LayerSelection.AUTOMATIC)).isTrue();
    assertThat(publisher.sink().rtcp(Pli::is)).hasSize(1);
    publisher.send(rtp(96, 10, 30_000, SSRC, vp9(false, 10, 1, 0)));
    publisher.send(rtp(96, 11, 33_000, SSRC, vp9(true, 11, 0, 0)));
    publisher.send(rtp(96, 12, 36_000, SSRC, vp9(false, 12, 1, 0)));
    assertThat(player.received(0)).hasSize(6 + 2);
    assertContinuous(player.received(0));
  }

  @Test
  void upper_temporal_layers_are_left_out_by_the_dependency_descriptor() {
    TestPublisher publisher = publish("AV1");
    TestPlayer player = play("AV1");
    byte[] keyframe = {0x18, 0x0A, 0x01, 0x02};
    byte[] frame = {0x10, 0x32, 0x01, 0x30};
    publisher.send(rtp(96, 1, 3000, SSRC, keyframe, Media.DESCRIPTOR, TWO_TEMPORAL_LAYERS));
    for (int i = 2; i < 10; i++) {
      byte template = (byte) (0xC0 | 1 - i % 2);
      byte[] descriptor = {template, 0, (byte) i};
      publisher.send(rtp(96, i, i * 3000L, SSRC, frame, Media.DESCRIPTOR, descriptor));
      if (i == 3) {
        assertThat(select(player, maxTemporal(0))).isTrue();
        player.sink().clear();
      }
    }
    assertThat(player.received(0)).hasSize(3);
    assertContinuous(player.received(0));
  }

  @Test
  void temporal_layers_that_do_not_come_or_are_not_told_cannot_be_selected() {
    TestPublisher publisher = publish("VP8");
    TestPlayer player = play("VP8");
    publisher.send(rtp(96, 1, 3000, SSRC, vp8(true, 1, 1, 0, 640)));
    assertThat(select(player, temporal(1))).isFalse();
    assertThat(select(player, temporal(0))).isTrue();
    assertThat(select(player, maxTemporal(1))).isTrue();
    publisher.publisher().close(room.now());

    publish("H264").send(rtp(96, 1, 3000, SSRC, new byte[] {0x65, 1, 2, 3}));
    TestPlayer other = play("H264");
    assertThat(select(other, temporal(0))).isFalse();
    assertThat(select(other, maxTemporal(2))).isFalse();
    assertThat(select(other, spatial(0))).isTrue();
  }

  @Test
  void of_one_encoding_with_spatial_layers_all_can_be_had_or_none() {
    TestPublisher publisher = publish("VP9");
    TestPlayer player = play("VP9");
    for (int spatial = 0; spatial < 3; spatial++) {
      publisher.send(rtp(96, 1 + spatial, 3000, SSRC, vp9(true, 1, 0, spatial)));
    }

    assertThat(publisher.publisher().snapshot().layers())
        .extracting(LayerInfo::spatialLayerId)
        .containsExactly(OptionalInt.of(2));
    assertThat(select(player, spatial(2))).isTrue();
    assertThat(select(player, maxSpatial(3))).isTrue();
    assertThat(select(player, spatial(0))).isFalse();
    assertThat(select(player, maxSpatial(1))).isFalse();
  }

  /** Template 0 of the lowest layer, template 1 of the one above. */
  private static final byte[] TWO_SPATIAL_LAYERS = {
    (byte) 0x80, 0, 1, (byte) 0x80, 0x01, (byte) 0xBA, 0x14, 0
  };

  /** A picture of two packets in each of two layers; the last packet has the marker. */
  private static void sendTwoLayers(TestPublisher publisher, int picture, boolean described) {
    int first = 1 + 4 * picture;
    long timestamp = 3000L * picture;
    for (int i = 0; i < 4; i++) {
      boolean start = i % 2 == 0;
      boolean keyframe = i == 0 && picture == 0;
      byte[] payload = {
        (byte) (start ? 0x50 : 0x90),
        (byte) (start ? 0x34 : 0xAA),
        (byte) (start && i == 2 ? 0x08 : 0),
        (byte) (keyframe ? 0x10 : 0x30),
        (byte) i
      };
      if (keyframe) {
        payload = new byte[] {0x68, 0x02, 0x08, 0x00, 0x34, 0x00, 0x10, 0};
      }
      byte[] descriptor = {(byte) ((start ? 0x80 : 0x40) | i / 2), 0, (byte) picture};
      byte[] packet =
          described
              ? rtp(
                  96,
                  first + i,
                  timestamp,
                  SSRC,
                  payload,
                  Media.DESCRIPTOR,
                  keyframe ? TWO_SPATIAL_LAYERS : descriptor)
              : rtp(96, first + i, timestamp, SSRC, payload);
      packet[1] |= (byte) (i == 3 ? 0x80 : 0);
      publisher.send(packet);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_player_without_the_descriptor_gets_the_lowest_spatial_layer_as_whole_pictures(
      boolean described) {
    TestPublisher publisher = publish("AV1");
    TestPlayer player = play("AV1");
    for (int picture = 0; picture < 3; picture++) {
      sendTwoLayers(publisher, picture, described);
    }

    List<RecordingSink.Sent> got = player.received(0);
    assertThat(got)
        .extracting(sent -> (int) sent.payload()[sent.payload().length - 1])
        .containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(got)
        .extracting(sent -> sent.bytes()[1] < 0)
        .as("the marker")
        .containsExactly(false, true, false, true, false, true);
    assertContinuous(got);
  }

  @Test
  void a_player_with_the_descriptor_gets_all_spatial_layers_beside_other_codecs() {
    TestPublisher publisher =
        room.publisher("s", publishedVideo(SSRC, codec(96, video("AV1")), codec(98, video("VP8"))));
    EgressMedia plain = playedVideo("v", codec(120, video("AV1")));
    TestPlayer player =
        room.player(
            "s",
            new EgressMedia(
                plain.mid(),
                plain.kind(),
                plain.codecs(),
                List.of(new NegotiatedExtension(8, HeaderExtensionType.DEPENDENCY_DESCRIPTOR))));
    sendTwoLayers(publisher, 0, true);
    sendTwoLayers(publisher, 1, true);

    assertThat(player.received(0)).hasSize(8).allMatch(sent -> sent.extension(8) != null);
    assertThat(player.received(0))
        .extracting(sent -> sent.bytes()[1] < 0)
        .containsExactly(false, false, false, true, false, false, false, true);
  }
}
