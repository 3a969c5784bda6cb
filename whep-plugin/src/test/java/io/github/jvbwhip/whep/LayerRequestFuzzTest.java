package io.github.jvbwhip.whep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Every body of a layer selection is read or refused as malformed; numbers are from 0 up. */
class LayerRequestFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void every_body_is_read_or_refused(byte[] body) {
    LayerSelection selection;
    try {
      selection = LayerRequest.parse(body).selection();
    } catch (ProblemException e) {
      assertThat(e.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
      return;
    }
    assertThat(
            Stream.of(
                    selection.spatialLayerId(),
                    selection.temporalLayerId(),
                    selection.maxSpatialLayerId(),
                    selection.maxTemporalLayerId(),
                    selection.maxWidth(),
                    selection.maxHeight())
                .flatMapToInt(OptionalInt::stream))
        .allMatch(number -> number >= 0);
  }
}
