package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.jvb.fake.FakeIngest.ToldBitrate;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A publisher is told by REMB how much it may send at most. */
class ToldBitrateTest {
  private static final PublisherLimits LIMITS =
      new PublisherLimits(OptionalLong.of(800_000), Optional.empty());

  private final ScriptedRooms rooms = new ScriptedRooms();

  private static IngestMedia withRemb(IngestMedia media) {
    return media.withCodecs(
        media.codecs().stream()
            .map(
                codec ->
                    new NegotiatedCodec(
                        codec.payloadType(),
                        codec.codec(),
                        codec.rtxPayloadType(),
                        EnumSet.of(Feedback.GOOG_REMB)))
            .toList());
  }

  private List<ToldBitrate> told(PublisherLimits limits, IngestMedia media) {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", limits, media);
    int before = publisher.link().told().size();
    publisher.send(SECOND.multipliedBy(4), new RtpStream(2002, 300, 1, ""));
    List<ToldBitrate> all = publisher.link().told();
    return all.subList(before, all.size());
  }

  @Test
  void each_second_by_its_own_ssrc() {
    assertThat(told(LIMITS, withRemb(video(2002))))
        .hasSizeBetween(3, 5)
        .containsOnly(new ToldBitrate(2002, 800_000));
  }

  @Test
  void not_where_that_was_not_negotiated() {
    assertThat(told(LIMITS, video(2002))).isEmpty();
  }

  @Test
  void not_where_it_may_send_as_much_as_it_likes() {
    assertThat(told(PublisherLimits.NONE, withRemb(video(2002)))).isEmpty();
  }
}
