package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The product as a process: how it starts, says where it is, and ends. */
class StandaloneProcessTest {
  private static final Pattern PAGES = Pattern.compile("Pages: *(http\\S+)");

  private static Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.github.jvbwhip.standalone.Main");
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
  }

  private static String wholeOutput(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void itPrintsItsAddressServesAndEndsOnSigterm() throws Exception {
    Process process = start("--bridge", "embedded", "--port", "0", "--udp-port", "0");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      URI pages = null;
      String line;
      while (pages == null && (line = lines.readLine()) != null) {
        Matcher matcher = PAGES.matcher(line);
        pages = matcher.find() ? URI.create(matcher.group(1)) : null;
      }
      assertThat(pages).isNotNull();
      Reply reply = HttpSignalling.send("GET", pages.resolve("watch"), null, null, Map.of());
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).contains("<title>Watch</title>");
    } finally {
      end(process);
    }
    assertThat(process.exitValue()).isIn(0, 143);
  }

  @Test
  void aPortInUseIsOneLineAndAFailure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());
      Process process = start("--bridge", "embedded", "--port", port, "--udp-port", "0");
      String output = wholeOutput(process);
      assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(output.lines().filter(line -> line.contains(port))).hasSize(1);
      assertThat(output).doesNotContain("\tat ");
    }
  }

  @Test
  void anUnknownOptionIsOneLineAndAFailure() throws Exception {
    Process process = start("--prot", "8080");
    String output = wholeOutput(process);
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(output.lines()).hasSize(1);
    assertThat(output).contains("--prot");
  }
}
