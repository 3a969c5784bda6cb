package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the programs at the top of the checkout say before anything is built. Each of these lets
 * JAVA_HOME lead nowhere, so that nothing is.
 */
class ScriptsTest {
  private static final String NOWHERE = "/nonexistent";

  private record Outcome(int status, String text) {}

  private static Outcome run(Path directory, Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", NOWHERE);
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), text);
  }

  private static Path script(String name) {
    return Path.of("..", name).toAbsolutePath().normalize();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "conformance", "load", "soak", "benchmarks/performance"})
  void a_java_home_that_leads_nowhere_is_named(String name, @TempDir Path elsewhere)
      throws Exception {
    Outcome outcome = run(elsewhere, script(name));
    assertThat(outcome.text)
        .isEqualTo(
            name
                + ": JAVA_HOME is /nonexistent, where there is no bin/java: let it be a JDK of"
                + " version 17 or later, or unset it\n");
    assertThat(outcome.status).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run|--prot 80|Unknown option: '--prot'",
        "run|--port eighty|Invalid value for option '--port': 'eighty' is no number",
        "run|--port=eighty|Invalid value for option '--port': 'eighty' is no number",
        "run|--port|Missing value for option '--port' (PORT)",
        "run|--bridge janus|Invalid value for option '--bridge': 'janus' is none of auto, embedded, jvb",
        "run|demo|Unmatched argument: 'demo'",
        "conformance|--whop http://a/|Unknown option: '--whop'",
        "conformance|--whip|Missing value for option '--whip' (URL)",
        "conformance|--timeout=x|Invalid value for option '--timeout': 'x' is no number",
        "load|--whop http://a/|Unknown option: '--whop'",
        "soak|--minutes x|Invalid value for option '--minutes': 'x' is no number"
      })
  void wrong_usage_is_told_at_once(String name, String arguments, String message) throws Exception {
    Outcome outcome = run(Path.of("."), script(name), arguments.split(" "));
    assertThat(outcome.text).isEqualTo(message + " (./" + name + " --help lists the options)\n");
    assertThat(outcome.status).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "conformance", "load", "soak"})
  void help_needs_nothing_and_a_link_will_do(String name, @TempDir Path elsewhere)
      throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), script(name));
    Outcome outcome = run(elsewhere, link, "--help");
    assertThat(outcome.text).startsWith("Usage: ./" + name + " ");
    assertThat(outcome.status).isZero();
    assertThat(run(elsewhere, script(name), "-h")).isEqualTo(outcome);
  }

  @Test
  void options_with_a_sign_of_equality_and_short_ones_pass() throws Exception {
    String[] arguments = {"--port=0", "--udp-port", "0", "--bridge=auto", "--advertise", "1.2.3.4"};
    assertThat(run(Path.of("."), script("run"), arguments).text).startsWith("run: JAVA_HOME is");
  }

  /** What is not looked at is not built anew when it changes. */
  @ParameterizedTest
  @ValueSource(strings = {"run", "soak"})
  void all_that_goes_into_the_product_is_looked_at(String name) throws IOException {
    Set<String> modules = new TreeSet<>();
    addWithWhatItNeeds("standalone", modules);
    addWithWhatItNeeds("jvb-config", modules);
    assertThat(Files.readString(script(name)).split("\\s+"))
        .contains(modules.toArray(new String[0]));
  }

  private static void addWithWhatItNeeds(String module, Set<String> modules) throws IOException {
    if (!modules.add(module)) {
      return;
    }
    String pom = Files.readString(Path.of("..", module, "pom.xml"));
    Matcher needed =
        Pattern.compile(
                "<dependency>\\s*<groupId>io\\.github\\.jvbwhip</groupId>\\s*<artifactId>([^<]*)</artifactId>\\s*</dependency>")
            .matcher(pom);
    while (needed.find()) {
      addWithWhatItNeeds(needed.group(1), modules);
    }
  }
}
