package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.opus;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A publisher that sends redundant audio (RFC 2198), and players with and without it. */
class RedTest {
  private static final Codec RED = new Codec(MediaKind.AUDIO, "red", 48000, 2, Map.of());

  /** A redundant block of two bytes, then the newest audio of three. */
  private static final byte[] PAYLOAD = {
    (byte) (0x80 | 111), 0x0F, (byte) 0x00, 2, 111, 10, 11, 20, 21, 22
  };

  private final TestRoom room = new TestRoom();
  private final TestPublisher publisher =
      room.publisher(
          "s",
          new IngestMedia(
              "a",
              MediaKind.AUDIO,
              List.of(codec(63, RED), codec(111, opus())),
              List.of(),
              List.of(
                  new PlannedEncoding(
                      Optional.empty(), OptionalLong.of(1), OptionalLong.empty()))));

  private static NegotiatedCodec codec(int payloadType, Codec codec) {
    return new NegotiatedCodec(payloadType, codec, OptionalInt.empty(), Set.of());
  }

  private TestPlayer player(NegotiatedCodec... codecs) {
    return room.player("s", new EgressMedia("a", MediaKind.AUDIO, List.of(codecs), List.of()));
  }

  @Test
  void inner_payload_types_are_mapped_too() {
    TestPlayer player = player(codec(96, opus()), codec(97, RED));

    publisher.send(rtp(63, 1, 1, 1, PAYLOAD));

    byte[] expected = PAYLOAD.clone();
    expected[0] = (byte) (0x80 | 96);
    expected[4] = 96;
    assertThat(player.last(0).payloadType()).isEqualTo(97);
    assertThat(player.last(0).payload()).isEqualTo(expected);
  }

  @Test
  void a_player_without_red_gets_the_newest_audio() {
    TestPlayer player = player(codec(96, opus()));

    publisher.send(rtp(63, 1, 1, 1, PAYLOAD));
    publisher.send(rtp(111, 2, 961, 1, new byte[] {7}));
    publisher.send(rtp(63, 3, 1921, 1, new byte[] {(byte) 0x80, 0}));

    assertThat(player.received(0)).extracting(RecordingSink.Sent::payloadType).containsOnly(96);
    assertThat(player.received(0))
        .extracting(RecordingSink.Sent::payload)
        .containsExactly(new byte[] {20, 21, 22}, new byte[] {7}, new byte[0]);
  }
}
