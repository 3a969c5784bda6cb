package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients and the standards' examples say comes out as it went in. */
class CorpusRoundTripTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  static List<Path> descriptions() throws IOException {
    return files("offers", ".sdp");
  }

  static List<Path> examples() throws IOException {
    return files("examples", ".sdp");
  }

  static List<Path> fragments() throws IOException {
    return files("examples", ".sdpfrag");
  }

  private static List<Path> files(String directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(directory))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void an_offer_is_written_as_it_was_sent(Path file) throws Exception {
    assertUnchanged(file);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_is_written_as_it_is_printed(Path file) throws Exception {
    assertUnchanged(file);
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void a_fragment_is_written_as_it_is_printed(Path file) throws Exception {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(IceFragment.parse(text).write()).isEqualTo(text);
  }

  /** The one thing that is normalised: libdatachannel's comma between ICE options. */
  private static void assertUnchanged(Path file) throws Exception {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(SessionDescription.parse(text).write())
        .isEqualTo(text.replace("a=ice-options:ice2,trickle", "a=ice-options:ice2 trickle"));
  }
}
