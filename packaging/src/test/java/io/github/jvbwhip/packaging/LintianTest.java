package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.packaging.Command.Outcome;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Debian's checker of packages has to say, beside the overrides that are in them. */
class LintianTest {
  @Test
  void nothing() throws IOException {
    Command.require("lintian");
    Outcome outcome =
        Command.run(
            Map.of("LC_ALL", "C.UTF-8"),
            "lintian",
            "--allow-root",
            "--fail-on",
            "error,warning",
            Release.STANDALONE_DEB,
            Release.PLUGIN_DEB);
    assertThat(outcome.text()).doesNotContain("E: ", "W: ");
    assertThat(outcome.status()).as(outcome.text()).isZero();
  }
}
