package io.github.jvbwhip.operator.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How named endpoints are kept. */
class EndpointsTest {
  @TempDir private Path directory;

  private static NamedEndpoints in(Path directory) throws InvalidConfigException {
    return NamedEndpoints.in(directory, room -> room, new ManualClock(), new SecureRandom());
  }

  private static EndpointJson.Wish wish(String json) throws Exception {
    return EndpointJson.wish(JsonMapper.builder().build().readTree(json));
  }

  private static void assertRefused(ProblemType type, Change change) {
    assertThatThrownBy(change::make)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private interface Change {
    void make() throws Exception;
  }

  @Test
  void a_restart_finds_them_and_no_token_is_in_the_file() throws Exception {
    NamedEndpoints before = in(directory);
    var made =
        before.create(
            wish(
                "{\"name\":\"studio\",\"room\":\"hall\",\"stream\":\"camera\","
                    + "\"displayName\":\"Studio A\",\"maxSeconds\":60,\"maxBitrate\":2000000,\"enabled\":false}"));
    before.create(wish("{\"room\":\"hall\",\"token\":\"swordfish\"}"));

    assertThat(in(directory).all()).isEqualTo(before.all());
    assertThat(in(directory).find("studio")).contains(made.endpoint());
    String file = Files.readString(directory.resolve("endpoints.json"));
    assertThat(file).doesNotContain(made.token()).doesNotContain("swordfish");
    assertThat(Files.getPosixFilePermissions(directory.resolve("endpoints.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void two_cannot_have_one_name_nor_one_stream() throws Exception {
    NamedEndpoints endpoints = in(directory);
    endpoints.create(wish("{\"name\":\"a\",\"room\":\"hall\"}"));
    endpoints.create(wish("{\"name\":\"b\",\"room\":\"hall\",\"stream\":\"screen\"}"));
    assertRefused(
        ProblemType.NAME_IN_USE,
        () -> endpoints.create(wish("{\"name\":\"a\",\"room\":\"other\"}")));
    assertRefused(
        ProblemType.NAME_IN_USE,
        () -> endpoints.create(wish("{\"name\":\"c\",\"room\":\"hall\",\"stream\":\"main\"}")));
    assertRefused(
        ProblemType.NAME_IN_USE, () -> endpoints.change("b", wish("{\"room\":\"hall\"}")));
    assertThat(endpoints.all()).hasSize(2);
  }

  @Test
  void what_a_full_disk_does_not_take_is_not_done() throws Exception {
    Configuration small =
        Configuration.unix().toBuilder()
            .setBlockSize(512)
            .setMaxSize(4096)
            .setMaxCacheSize(0)
            .build();
    try (FileSystem full = Jimfs.newFileSystem(small)) {
      Files.createDirectory(full.getPath("/work/endpoints"));
      NamedEndpoints endpoints = in(full.getPath("/work/endpoints"));
      List<NamedEndpoint> made = new ArrayList<>();
      assertRefused(
          ProblemType.NOT_STORED,
          () -> {
            for (int i = 0; i < 100; i++) {
              made.add(endpoints.create(wish("{\"room\":\"hall" + i + "\"}")).endpoint());
            }
          });
      assertThat(made).isNotEmpty();
      assertThat(endpoints.all()).containsExactlyInAnyOrderElementsOf(made);
      assertThat(in(full.getPath("/work/endpoints")).all()).isEqualTo(endpoints.all());
      endpoints.destroy(made.get(0).name());
      assertThat(in(full.getPath("/work/endpoints")).all()).hasSize(made.size() - 1);
    }
  }

  /** There nobody can make a file, whoever it is. */
  @Test
  void what_cannot_be_written_is_not_done() throws Exception {
    NamedEndpoints endpoints = in(Path.of("/proc/self/fdinfo"));
    assertRefused(ProblemType.NOT_STORED, () -> endpoints.create(wish("{\"room\":\"hall\"}")));
    assertThat(endpoints.all()).isEmpty();
  }

  /** Such as a disk that is not mounted: streams that need a token would be open to everybody. */
  @Test
  void a_directory_that_is_not_there_is_said() {
    assertThatThrownBy(() -> in(directory.resolve("nothing")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("nothing is no directory");
  }

  /** Streams that need a token would be open to everybody. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"endpoints\":{}}",
        "{\"endpoints\":[{\"name\":\"a\"}]}",
        "{\"endpoints\":[{\"name\":\"a\",\"room\":\"hall\",\"tokenSha256\":\"00\"}]}"
      })
  void a_file_that_cannot_be_read_is_no_reason_to_begin_anew(String content) throws Exception {
    Path file = directory.resolve("endpoints.json");
    Files.writeString(file, content, StandardCharsets.UTF_8);
    assertThatThrownBy(() -> in(directory))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("endpoints.json");
    assertThat(file).hasContent(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{}",
        "{\"room\":7}",
        "{\"room\":\"a b\"}",
        "{\"room\":\"a\",\"stream\":\"a/b\"}",
        "{\"room\":\"a\",\"name\":\"../../etc/passwd\"}",
        "{\"room\":\"a\",\"token\":\"short\"}",
        "{\"room\":\"a\",\"maxSeconds\":0}",
        "{\"room\":\"a\",\"maxSeconds\":1e99}",
        "{\"room\":\"a\",\"maxBitrate\":2147483648}",
        "{\"room\":\"a\",\"enabled\":\"no\"}",
        "{\"room\":\"a\",\"rooom\":\"b\"}"
      })
  void a_wish_that_makes_no_sense_is_said(String json) {
    assertRefused(ProblemType.MALFORMED_REQUEST, () -> wish(json));
  }
}
