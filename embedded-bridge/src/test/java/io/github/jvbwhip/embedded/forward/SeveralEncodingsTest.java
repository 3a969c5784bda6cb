package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.SentSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several encodings of a picture are sent at a time, each in a stream with a name. */
class SeveralEncodingsTest {
  private static final int RID = 8;
  private static final int REPAIRED = 9;

  private final TestRoom room = new TestRoom();
  private final TestPublisher publisher =
      room.publisher("s", simulcast(List.of("q", "f"), codec(96, video("VP8"), 97)));
  private final TestPlayer player = room.player("s", media(List.of("q", "f")));
  private int number = 100;

  private static EgressMedia media(List<String> rids) {
    return new EgressMedia(
        "v",
        MediaKind.VIDEO,
        List.of(codec(120, video("VP8"), 121)),
        List.of(
            new NegotiatedExtension(Media.PLAYER_MID, HeaderExtensionType.MID),
            new NegotiatedExtension(RID, HeaderExtensionType.RID),
            new NegotiatedExtension(REPAIRED, HeaderExtensionType.REPAIRED_RID)),
        rids);
  }

  private void stream(int frames) {
    for (int i = 0; i < frames; i++) {
      send(1001, "q", 320, i == 0);
      send(1002, "f", 1280, i == 0);
      room.pass(50);
    }
  }

  private void send(long ssrc, String rid, int width, boolean keyframe) {
    number++;
    publisher.send(
        rtp(
            96,
            ssrc == 1001 ? number : number + 5000,
            number * 1500L,
            ssrc,
            vp8(keyframe, number, number & 0xFF, 0, width),
            Media.MID,
            "v",
            Media.RID,
            rid));
  }

  private List<RecordingSink.Sent> sent(int stream) {
    return player.sink().rtp(player.ssrc(stream));
  }

  private static String text(RecordingSink.Sent packet, int extension) {
    byte[] data = packet.extension(extension);
    return data == null ? "" : new String(data, StandardCharsets.UTF_8);
  }

  @Test
  void each_goes_out_in_a_stream_of_its_own_with_its_name() {
    assertThat(player.player().sources()).extracting(SentSource::mid).containsExactly("v", "v");
    stream(4);
    assertThat(sent(0)).isNotEmpty().allMatch(packet -> text(packet, RID).equals("q"));
    assertThat(sent(1)).isNotEmpty().allMatch(packet -> text(packet, RID).equals("f"));
    assertThat(sent(1)).allMatch(packet -> text(packet, Media.PLAYER_MID).equals("v"));
    assertThat(player.sink().faults()).isEmpty();
  }

  @Test
  void a_retransmission_tells_what_it_repairs() {
    stream(4);
    RecordingSink.Sent lost = sent(1).get(2);
    room.pass(500);
    player.nack(1, lost.sequenceNumber());
    List<RecordingSink.Sent> again = player.sink().rtp(player.rtxSsrc(1));
    assertThat(again)
        .singleElement()
        .satisfies(
            packet -> {
              assertThat(text(packet, REPAIRED)).isEqualTo("f");
              assertThat(text(packet, RID)).isEmpty();
            });
  }

  @Test
  void those_that_are_not_taken_are_not_sent() {
    player.player().accept(List.of(media(List.of("f"))));
    stream(4);
    assertThat(sent(0)).isEmpty();
    assertThat(sent(1)).isNotEmpty();
  }

  @Test
  void where_none_is_taken_by_name_the_largest_is_sent_without() {
    player.player().accept(List.of(media(List.of())));
    stream(1);
    room.pass(1100);
    stream(30);
    assertThat(sent(1)).isEmpty();
    assertThat(sent(0)).isNotEmpty().allMatch(packet -> text(packet, RID).isEmpty());
    assertThat(player.player().videos().get(0).width()).hasValue(1280);
  }
}
