package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.RequiresJvb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ./run} with a Jitsi Videobridge that it starts. */
@RequiresJvb
class StandaloneProcessJvbTest {

  /** The bridge's configuration, with its tokens, is among them. */
  @Test
  void no_files_are_left_behind() {
    try (StandaloneProcess process =
        JvbServer.startProcess(Map.of("videobridge.whip.auth.tokens", List.of("s3same")))) {
      assertThat(process.temporaryFiles()).isNotEmpty();
      process.close();
      assertThat(process.temporaryFiles()).isEmpty();
    }
  }
}
