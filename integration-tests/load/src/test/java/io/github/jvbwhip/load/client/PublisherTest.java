package io.github.jvbwhip.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvbwhip.testpeer.VideoSettings;
import org.junit.jupiter.api.Test;

class PublisherTest {
  @Test
  void keyframes_do_not_make_the_bitrate_higher() {
    VideoSettings video = new VideoSettings(1280, 720, 30, 1_500_000, 60);
    int size = Publisher.frameSize(video);
    double bitsPerSecond = 8 * (59 * size + 4 * size) / 2.0;
    assertThat(bitsPerSecond).isCloseTo(1_500_000, within(5_000.0));
    assertThat(Publisher.frameSize(video.withKeyframeInterval(0))).isEqualTo(6250);
  }
}
