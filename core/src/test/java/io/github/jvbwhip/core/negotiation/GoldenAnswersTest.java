package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.sdp.SessionDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answers to the captured offers, byte for byte. After a wanted change, {@code
 * -Dgolden.update=true} rewrites the files, and the change is reviewed as a diff.
 */
class GoldenAnswersTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final Path FILES = Path.of("src/test/resources/golden");

  /** FFmpeg's limit, and the largest answer that is promised. */
  private static final int MAX_ANSWER = 8192;

  static List<String> ingestOffers() {
    return Fixtures.INGEST_OFFERS;
  }

  static List<String> egressOffers() {
    return Fixtures.EGRESS_OFFERS;
  }

  @ParameterizedTest
  @MethodSource("ingestOffers")
  void publishers_get_the_golden_answer(String name) throws Exception {
    compare(name, Fixtures.ingestAnswer(Fixtures.offer(name)));
  }

  @ParameterizedTest
  @MethodSource("egressOffers")
  void players_get_the_golden_answer(String name) throws Exception {
    compare(name, Fixtures.egressAnswer(Fixtures.offer(name)));
  }

  private static void compare(String name, SessionDescription answer) throws IOException {
    String text = answer.write();
    Path file = FILES.resolve(name + ".answer.sdp");
    if (UPDATE) {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    }
    assertThat(text).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    assertThat(text).startsWith("v=0\r\n").endsWith("\r\n");
    assertThat(text.length()).isLessThan(MAX_ANSWER);
    assertThat(Fixtures.parse(text)).isEqualTo(answer);
  }
}
