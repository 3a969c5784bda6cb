package io.github.jvbwhip.http.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrayKeysTest {
  private static final Set<String> OWN =
      Set.of("standalone", "videobridge.whip", "videobridge.whep");

  @ParameterizedTest
  @CsvSource({
    "videobrige.whip.auth.tokens = [ t ], videobrige",
    "videobridge.wihp.auth.tokens = [ t ], videobridge.wihp",
    "whip.auth.tokens = [ t ], whip",
    "videobridge.ice.udp.port = 1, videobridge.ice",
    "standalon.udp-port = 1, standalon",
    "auth.tokens = [ t ], auth"
  })
  void a_key_of_nobody_is_named_with_its_place(String line, String key) {
    assertThatThrownBy(() -> StrayKeys.refuseOthers(ConfigFactory.parseString("\n" + line), OWN))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(key + " (String: 2): not a known key");
  }

  @Test
  void what_is_known_passes() {
    String all = "standalone.udp-port = 1, videobridge { whip.enabled = true, whep {} }";
    assertThatCode(() -> StrayKeys.refuseOthers(ConfigFactory.parseString(all), OWN))
        .doesNotThrowAnyException();
    assertThatCode(() -> StrayKeys.refuseOthers(ConfigFactory.empty(), OWN))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "videobrige.whip, whip",
    "videobridge.wihp, whip",
    "videobridge.whi, whip",
    "videobridge.whipp, whip",
    "videobridge.wip, whip",
    "videobridge.WHEP, whep",
    "videobridge.whap, whip",
    "jvb.whep, whep",
    "whip, whip",
    "hwep, whep"
  })
  void a_section_that_is_called_nearly_as_one_of_ours_is_named(String path, String meant) {
    assertThatThrownBy(
            () ->
                StrayKeys.refuseNearMisses(
                    ConfigFactory.parseString(path + ".auth.tokens = [ t ]")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            path + " (String: 1): nobody reads it; videobridge." + meant + " would be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videobridge { whip.enabled = true, whep.enabled = true, websockets.enabled = false }",
        "videobridge { ice.udp.port = 1, relay.enabled = true, stats {}, cc {} }, ice4j.harvest {}",
        "videobridge.whipped-cream = 1, w = 2, wh.ep = 3, \"\" = 1"
      })
  void what_others_have_passes(String text) {
    assertThatCode(() -> StrayKeys.refuseNearMisses(ConfigFactory.parseString(text)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "'a.b.c = 1', ",
    "'a.b.free { any = 1, \"*\".thing = 2 }', ",
    "'', ",
    "'a.b.d = 1', a.b.d (String: 1): not a known key",
    "'a.b.in.e = 1', a.b.in.e (String: 1): not a known key",
    "'a.b.\"*\" = 1', 'a.b.\"*\" (String: 1): not a known key'",
    "'a.b.in = 1', a.b.in has to be an object",
    "'a.b = 1', a.b has to be an object"
  })
  void keys_that_another_program_does_not_have_are_named(String text, String message)
      throws Exception {
    Config reference = ConfigFactory.parseString("a.b { c = 2, in { d = 3 }, free {} }");
    Config given = ConfigFactory.parseString(text);
    if (message == null) {
      StrayKeys.refuseUnknown(given, reference, "a.b");
    } else {
      assertThatThrownBy(() -> StrayKeys.refuseUnknown(given, reference, "a.b"))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessage(message);
    }
  }

  @Test
  void nothing_that_java_has_by_itself_is_taken_for_ours() {
    assertThatCode(() -> StrayKeys.refuseNearMisses(ConfigFactory.load()))
        .doesNotThrowAnyException();
  }
}
