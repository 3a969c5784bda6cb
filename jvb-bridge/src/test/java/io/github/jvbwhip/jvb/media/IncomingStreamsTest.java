package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncomingStreamsTest {
  private static final long LIVE = 1;

  private final IncomingStreams streams = new IncomingStreams();

  private static SsrcTable<String> told(long other) {
    return SsrcTable.of(Map.of(LIVE, "live", other, "other"));
  }

  @Test
  void a_stream_goes_on_however_often_another_begins_anew() {
    IncomingStream live = streams.of(LIVE, told(2));

    for (long ssrc = 2; ssrc < 200; ssrc++) {
      IncomingStream other = streams.of(ssrc, told(ssrc));
      assertThat(streams.of(ssrc, told(ssrc))).isSameAs(other);
      assertThat(streams.of(LIVE, told(ssrc))).isSameAs(live);
    }
  }

  @Test
  void a_stream_that_has_gone_is_forgotten() {
    IncomingStream gone = streams.of(2, told(2));

    for (long ssrc = 3; ssrc < 40; ssrc++) {
      streams.of(ssrc, told(ssrc));
    }
    assertThat(streams.of(2, told(2))).isNotSameAs(gone);
  }
}
