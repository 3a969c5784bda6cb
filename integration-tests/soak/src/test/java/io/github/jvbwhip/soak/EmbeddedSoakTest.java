package io.github.jvbwhip.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short round on the embedded bridge: that it runs at all. */
class EmbeddedSoakTest {

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void a_round_leaves_nothing_behind() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    String[] line = {
      "--minutes", "0", "--seed", "1", "--round", "15", "--guests", "6", "--restarts", "0"
    };
    int status = Main.run(line, stream, stream);
    assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("round 0: gone", "1 rounds, 0 complaints");
  }

  @Test
  void what_is_not_understood_is_said() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Main.run(new String[] {"--minuets", "5"}, stream, stream)).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--minuets", "--help");
  }

  @ParameterizedTest
  @CsvSource({
    "--minutes, -3, 0",
    "--round, 0, 1",
    "--guests, -1, 0",
    "--restarts, -1, 0",
    "--longest-gap, 0, 1"
  })
  void what_is_too_small_is_said(String option, String value, int least) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Main.run(new String[] {option, value}, stream, stream)).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "%s is at least %d. (./soak --help lists the options)".formatted(option, least));
  }
}
