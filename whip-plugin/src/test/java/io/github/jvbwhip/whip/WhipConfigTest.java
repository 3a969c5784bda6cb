package io.github.jvbwhip.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.CodecPreference;
import io.github.jvbwhip.core.sdp.SdpLimits;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhipConfigTest {
  @Test
  void has_defaults_for_everything_and_is_off() throws Exception {
    WhipConfig config = WhipConfig.read(ConfigFactory.defaultReference(), Set.of());

    assertThat(config.http().enabled()).isFalse();
    assertThat(config.http().strict()).isFalse();
    assertThat(config.onConflict()).isEqualTo(WhipConfig.OnConflict.REPLACE);
    assertThat(config.replace()).isEqualTo(WhipConfig.Replace.PROOF);
    assertThat(config.mediaTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.http().bodyLimit()).isEqualTo(256 * 1024);
    assertThat(config.http().sdpLimits()).isEqualTo(SdpLimits.DEFAULT);
    assertThat(config.http().auth().tokens()).isEmpty();
    assertThat(config.http().auth().isOpen()).isTrue();
    assertThat(config.http().auth().said()).isFalse();
    assertThat(config.codecs()).isEqualTo(CodecPreference.NONE);
    assertThat(config.limits()).isEqualTo(PublisherLimits.NONE);
    assertThat(config.http().maxSessionTime()).isZero();
    assertThat(config.http().limits().maxPerNetwork()).isZero();
    assertThat(config.http().rateLimit().perRoom().requestsPerSecond()).isZero();
  }

  @Test
  void takes_what_is_set() throws Exception {
    WhipConfig config =
        WhipServer.config("enabled = true, on-conflict = reject, media-timeout = 5 s");

    assertThat(config.http().enabled()).isTrue();
    assertThat(config.onConflict()).isEqualTo(WhipConfig.OnConflict.REJECT);
    assertThat(config.mediaTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(WhipServer.config("replace = anyone").replace())
        .isEqualTo(WhipConfig.Replace.ANYONE);
    assertThat(WhipServer.config("codecs = [ H264, opus ]").codecs())
        .isEqualTo(new CodecPreference(List.of(CodecType.H264, CodecType.OPUS), false));
    assertThat(WhipServer.config("max-bitrate = 2000000, max-resolution = 1280x720").limits())
        .isEqualTo(
            new PublisherLimits(
                OptionalLong.of(2_000_000), Optional.of(new Resolution(1280, 720))));
  }

  @Test
  void refuses_keys_that_nobody_knows() {
    assertThatThrownBy(() -> WhipServer.config("on-conflit = reject"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("videobridge.whip.on-conflit is not a known key");
    assertThatThrownBy(() -> WhipServer.config("on-conflict = fight"))
        .hasMessageStartingWith("videobridge.whip.on-conflict has to be one of reject, replace");
    assertThatThrownBy(() -> WhipServer.config("max-resolution = 720p"))
        .hasMessageStartingWith("videobridge.whip.max-resolution has to be empty, or a resolution");
    assertThatThrownBy(() -> WhipServer.config("max-bitrate = -1"))
        .hasMessageStartingWith("videobridge.whip.max-bitrate has to be a number, at least 0");
    assertThatThrownBy(() -> WhipServer.config("codecs = [ h263 ]"))
        .hasMessageStartingWith("videobridge.whip.codecs has to be a list of codecs");
    assertThatThrownBy(
            () -> WhipConfig.read(ConfigFactory.parseString("videobridge.whip = yes"), Set.of()))
        .hasMessage("videobridge.whip has to be an object");
  }

  @Test
  void lets_keys_be_that_somebody_else_reads() throws Exception {
    WhipConfig config =
        WhipConfig.read(
            ConfigFactory.parseString("videobridge.whip.http-server.port = 1")
                .withFallback(ConfigFactory.defaultReference()),
            Set.of("http-server"));
    assertThat(config.http().enabled()).isFalse();
  }
}
