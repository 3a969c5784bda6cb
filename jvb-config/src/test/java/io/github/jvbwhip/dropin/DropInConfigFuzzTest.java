package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.sdp.Mutations;
import io.github.jvbwhip.http.ConfigTexts;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every configuration of the plugin is read, or refused by one line that names a key. */
class DropInConfigFuzzTest {
  private static final int MUTATIONS = 1_500;

  @FuzzTest(maxDuration = "30s")
  void every_configuration_is_read_or_refused(byte[] text) {
    check(new String(text, StandardCharsets.UTF_8));
  }

  /** The same over mutations of a configuration of all keys, in every build. */
  @Test
  void every_mutated_configuration_is_read_or_refused() {
    Config defaults = ConfigFactory.defaultReference();
    List<String> seeds =
        List.of(
            ConfigTexts.of(defaults, WhipConfig.PATH),
            ConfigTexts.of(defaults, WhepConfig.PATH),
            """
            videobridge.whip.auth.tokens = [ s3cret ]
            videobridge.whip.jitsi {
              enabled = true, domain = meet.example.com, tenants = true, breakout-rooms = true
              auth { mode = account, user = publisher, password = secret }
              bridges = [ { names = [ eu ], url = "https://jvb2.example.com/whip" } ]
              watch { enabled = true, tokens { standup = [ a ], "*" = [ b ] }, announce = chat }
            }
            """);
    Mutations mutations = new Mutations(7);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      read += check(mutations.mutate(seeds.get(i % seeds.size()))) ? 1 : 0;
    }
    assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  private static boolean check(String text) {
    Config config;
    try {
      config = ConfigTexts.parse(text).withFallback(ConfigFactory.defaultReference()).resolve();
    } catch (ConfigException e) {
      return false; // No configuration at all: the library says so.
    }
    try {
      DropInConfig.read(config);
      return true;
    } catch (InvalidConfigException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }
}
