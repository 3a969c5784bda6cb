package io.github.jvbwhip.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.conformance.FakeServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The command line. */
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void says_what_is_wrong_with_the_command_line() {
    assertThat(run()).isEqualTo(2);
    assertThat(err()).contains("--whip URL, --whep URL, or both");
    assertThat(run("--whip", "ftp://example.org/x")).isEqualTo(2);
    assertThat(err()).contains("no HTTP URL");
    assertThat(run("--whop", "x")).isEqualTo(2);
    assertThat(err()).contains("--help lists the options");
    assertThat(run("--whip", "http://127.0.0.1:1/", "--timeout", "0")).isEqualTo(2);
    assertThat(err()).contains("--timeout");
  }

  @Test
  void prints_a_row_for_each_check_and_a_summary(@TempDir Path directory) throws Exception {
    Path junit = directory.resolve("results.xml");
    try (FakeServer server = new FakeServer((method, path) -> Answer.of(204))) {
      String url = server.uri("/whip").toString();
      int status =
          run(
              "--whip",
              url,
              "--only",
              "whip-endpoint",
              "--only",
              "whip-post-created",
              "--only",
              "whip-session-url-https",
              "--junit",
              junit.toString());
      assertThat(status).isEqualTo(1);
    }
    assertThat(out())
        .containsPattern("pass +MUST +whip-endpoint-get +A GET .*\\[RFC 9725 §4.1\\]")
        .containsPattern("fail +MUST +whip-post-created")
        .contains("expected 201; seen: POST -> 204")
        .containsPattern("skipped +MUST +whip-session-url-https")
        .contains("the endpoint's URL is not HTTPS")
        .containsPattern("MUST +1 pass +1 fail +1 skipped");
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(junit.toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(suite.getElementsByTagName("skipped").getLength()).isEqualTo(1);
  }

  @Test
  void compares_what_was_found_of_several_servers(@TempDir Path directory) throws Exception {
    Path mute = directory.resolve("mute.xml");
    Path kind = directory.resolve("kind.xml");
    try (FakeServer server = new FakeServer((method, path) -> Answer.of(204));
        FakeServer other = new FakeServer((method, path) -> Answer.of(500))) {
      run("--whip", server.uri("/").toString(), "--only", "whip-end", "--junit", kind.toString());
      run("--whip", other.uri("/").toString(), "--only", "whip-end", "--junit", mute.toString());
    }
    assertThat(run("--compare", "Kind=" + kind, "--compare", "Mute=" + mute)).isZero();
    assertThat(out())
        .contains("| id | level | Kind | Mute |\n|---|---|---|---|\n")
        .contains("| `whip-endpoint-get` | MUST | pass | **fail** |")
        .contains("| `whip-post-created` | MUST | - | - |")
        .containsPattern("\\| MUST \\| 1 pass, 0 fail, \\d+ skipped \\| 0 pass, 1 fail, ");

    assertThat(run("--compare", "None=" + directory.resolve("none.xml"))).isEqualTo(2);
    assertThat(err()).contains("none.xml cannot be read");
    Path text = Files.writeString(directory.resolve("text"), "no XML");
    assertThat(run("--compare", "Text=" + text)).isEqualTo(2);
    assertThat(err()).contains("is no file of --junit");
  }

  @Test
  void ends_well_when_no_must_failed() throws Exception {
    try (FakeServer server = new FakeServer((method, path) -> Answer.of(204))) {
      String url = server.uri("/whip").toString();
      assertThat(run("--whip", url, "--only", "whip-endpoint-get")).isZero();
      assertThat(run("--whip", url, "--only", "whip-options-accept-post")).isZero();
      assertThat(out()).containsPattern("fail +SHOULD +whip-options-accept-post");
    }
  }

  @Test
  void says_what_it_comes_to() throws Exception {
    try (FakeServer server = new FakeServer((method, path) -> Answer.of(204))) {
      String url = server.uri("/whip").toString();
      run("--whip", url, "--only", "whip-endpoint-get", "--only", "whip-options-accept-post");
      assertThat(out())
          .endsWith(
              "Conforms, as far as it was checked: no MUST is broken; of the SHOULDs:"
                  + " whip-options-accept-post.\n");
      run("--whip", url, "--only", "whip-endpoint-get", "--only", "whip-post-created");
      assertThat(out()).endsWith("Does not conform: it breaks whip-post-created.\n");
      run("--whip", url, "--only", "whip-session-url-https");
      assertThat(out()).endsWith("Nothing can be said: no MUST was checked.\n");
    }
  }

  @Test
  void a_prefix_that_names_no_check_is_wrong_usage() {
    assertThat(run("--whip", "http://127.0.0.1:1/", "--only", "nosuch")).isEqualTo(2);
    assertThat(err())
        .isEqualTo("--only nosuch: no check has an id that begins so (--list has them all).\n");
    assertThat(run("--whip", "http://127.0.0.1:1/", "--only", "whep-endpoint")).isEqualTo(2);
    assertThat(err()).isEqualTo("--only whep-endpoint: these checks need --whep.\n");
  }

  @Test
  void a_server_that_is_not_there_is_one_line() throws Exception {
    String url;
    try (FakeServer server = new FakeServer((method, path) -> Answer.of(204))) {
      url = server.uri("/whip").toString();
    }
    assertThat(run("--whip", url)).isEqualTo(3);
    assertThat(err()).isEqualTo(url + " cannot be reached: the connection is refused.\n");
    assertThat(out()).isEmpty();
    assertThat(run("--whep", "http://nobody.invalid/whep/room")).isEqualTo(3);
    assertThat(err())
        .isEqualTo("http://nobody.invalid/whep/room cannot be reached: its name has no address.\n");
  }

  @Test
  void each_endpoint_gets_its_own_token() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (FakeServer server =
        new FakeServer(
            (method, path, authorization) -> {
              seen.add(path + " " + authorization);
              return Answer.of(400);
            })) {
      String whip = server.uri("/whip").toString();
      String whep = server.uri("/whep").toString();
      for (String token : List.of("--token", "--whip-token")) {
        run("--whip", whip, "--only", "whip-post-created", "--whep-token", "b", token, "a");
      }
      for (String token : List.of("--token", "--whep-token")) {
        run("--whep", whep, "--only", "whep-post-created", "--whip-token", "a", token, "b");
      }
      run("--whip", whip, "--only", "whip-post-created", "--token", "c", "--whip-token", "a");
      assertThat(seen)
          .containsExactlyInAnyOrder(
              "/whip null", "/whep null", "/whip Bearer a", "/whep Bearer b");
    }
  }

  /** The script shows the file before anything is built. */
  @Test
  void the_help_is_that_of_the_options() throws Exception {
    assertThat(run("--help")).isZero();
    assertThat(out())
        .isEqualTo(
            Files.readString(Path.of("src/main/resources/io/github/jvbwhip/conformance/help.txt")));
  }

  @Test
  void every_requirement_is_in_the_documentation() throws Exception {
    String document = Files.readString(Path.of("../../docs/conformance.md"));
    assertThat(run("--list")).isZero();
    assertThat(document).as("./conformance --list").endsWith(out());
  }

  @Test
  void every_requirement_has_an_id_of_its_own() {
    List<String> ids = ConformanceSuite.requirements().stream().map(Requirement::id).toList();
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("wh[ie]p-[a-z0-9-]+"));
    assertThat(ConformanceSuite.requirements())
        .allMatch(r -> r.section().matches("(RFC|WHEP).*§.*") && r.sentence().endsWith("."));
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return Main.run(args, print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
