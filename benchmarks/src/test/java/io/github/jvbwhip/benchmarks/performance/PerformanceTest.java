package io.github.jvbwhip.benchmarks.performance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line, of which nothing is run. */
@Timeout(60)
class PerformanceTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nosuch                                | Unknown option: '--nosuch'",
        "--players abc                           | --players",
        "--players 1,0                           | --players is at least 1",
        "--seconds 0                             | --seconds is at least 1",
        "--rounds 0                              | --rounds is at least 1",
        "--warm-up -1                            | --warm-up is at least 1",
        "--bridges other                         | --bridges",
        "--peer foo                              | --peer",
        "--peer foo=http://a/x                   | --peer is NAME=WHIP,WHEP,PID",
        "--peer foo=a,http://b/,1                | a is no HTTP URL",
        "--peer foo=http://a/,http://b/,x        | x is not the number of a process",
        "--peer foo=http://a/,http://b/,99999999 | 99999999 is not the number of a process",
      })
  void says_in_a_line_what_is_wrong_with_the_command_line(String line, String text)
      throws Exception {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(text, "--help lists the options")
        .hasLineCount(1);
  }

  @Test
  void says_in_a_line_that_there_is_no_jitsi_videobridge() throws Exception {
    String before = System.setProperty("jvb.home", "target");
    try {
      assertThat(run("--bridges", "jvb")).isEqualTo(1);
    } finally {
      if (before == null) {
        System.clearProperty("jvb.home");
      } else {
        System.setProperty("jvb.home", before);
      }
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("set JVB_HOME").hasLineCount(1);
  }

  @Test
  void help_names_every_option() throws Exception {
    assertThat(run("--help")).isZero();
    new CommandLine(new Options())
        .getCommandSpec()
        .options()
        .forEach(
            option ->
                assertThat(out.toString(StandardCharsets.UTF_8)).contains(option.longestName()));
  }

  @Test
  void the_script_tells_help_and_unknown_options_without_a_build() throws Exception {
    assertThat(script("--seconds", "3", "--help")).isEqualTo(Options.helpText() + "exit 0");
    assertThat(script("--players=3", "--nosuch"))
        .isEqualTo(
            "benchmarks/performance: Unknown option: '--nosuch' (--help lists the options)\n"
                + "exit 2");
  }

  /** What it prints where Maven cannot run. */
  private static String script(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("./performance"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MAVEN_OPTS", "-nosuch");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return printed + "exit " + process.waitFor();
  }

  private int run(String... args) throws Exception {
    return Performance.run(args, print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
