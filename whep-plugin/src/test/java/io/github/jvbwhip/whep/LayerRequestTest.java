package io.github.jvbwhip.whep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a layer selection, as anybody may write it. */
class LayerRequestTest {
  private static final String ALL =
      "{\"mediaId\":\"1\",\"rid\":\"h\",\"spatialLayerId\":2,\"temporalLayerId\":0,"
          + "\"maxSpatialLayerId\":3,\"maxTemporalLayerId\":1,\"maxWidth\":640,\"maxHeight\":360,"
          + "\"other\":[{\"x\":null}]}";

  @Test
  void every_member_is_read() throws Exception {
    assertThat(parse(ALL))
        .isEqualTo(
            new LayerRequest(
                Optional.of("1"),
                new LayerSelection(
                    Optional.of("h"),
                    OptionalInt.of(2),
                    OptionalInt.of(0),
                    OptionalInt.of(3),
                    OptionalInt.of(1),
                    OptionalInt.of(640),
                    OptionalInt.of(360))));
  }

  @Test
  void nothing_is_wished_for_without_members() throws Exception {
    LayerRequest nothing = new LayerRequest(Optional.empty(), LayerSelection.AUTOMATIC);
    assertThat(parse("{}")).isEqualTo(nothing);
    assertThat(parse("{\"mediaId\":null,\"rid\":null,\"maxWidth\":null}")).isEqualTo(nothing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "{",
        "{\"maxWidth\":-1}",
        "{\"maxWidth\":2147483648}",
        "{\"maxWidth\":1e999999999}",
        "{\"maxWidth\":1.5}",
        "{\"maxWidth\":\"640\"}",
        "{\"maxWidth\":NaN}",
        "{\"rid\":true}",
        "{\"rid\":1e999999999}",
        "{\"mediaId\":{}}"
      })
  void anything_else_is_refused(String body) {
    assertThat(refused(body.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void nesting_and_numbers_without_end_are_refused() {
    assertThat(refused(("{\"x\":" + "[".repeat(30_000)).getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(
            refused(("{\"maxWidth\":" + "9".repeat(30_000) + "}").getBytes(StandardCharsets.UTF_8)))
        .isTrue();
  }

  /** Every body is read or refused. */
  @Test
  void mutated_bodies_are_read_or_refused() {
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = ALL.getBytes(StandardCharsets.UTF_8);
      for (int k = random.nextInt(3); k >= 0; k--) {
        int at = random.nextInt(body.length);
        body[at] =
            random.nextBoolean() ? body[random.nextInt(body.length)] : (byte) random.nextInt();
      }
      refused += refused(body) ? 1 : 0;
    }
    assertThat(refused).isBetween(1_000, 19_000);
  }

  private static LayerRequest parse(String body) throws ProblemException {
    return LayerRequest.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean refused(byte[] body) {
    try {
      LayerRequest.parse(body);
      return false;
    } catch (ProblemException e) {
      assertThat(e.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
      return true;
    }
  }
}
