package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JvbProcessTest {
  @Test
  void the_bridge_gets_what_its_own_start_script_would_give_it() {
    assertThat(
            JvbProcess.javaOptions(
                Map.of(
                    "VIDEOBRIDGE_MAX_MEMORY", "1g",
                    "VIDEOBRIDGE_GC_TYPE", "SerialGC",
                    "VIDEOBRIDGE_DEBUG_OPTIONS", " -XX:TieredStopAtLevel=1  -Da=b ")))
        .containsExactly("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Da=b");
  }

  @Test
  void it_gets_nothing_where_nothing_is_given() {
    assertThat(JvbProcess.javaOptions(Map.of("JAVA_OPTS", "-Xmx9m"))).isEmpty();
    assertThat(
            JvbProcess.javaOptions(
                Map.of("VIDEOBRIDGE_MAX_MEMORY", "", "VIDEOBRIDGE_DEBUG_OPTIONS", " ")))
        .isEmpty();
  }
}
