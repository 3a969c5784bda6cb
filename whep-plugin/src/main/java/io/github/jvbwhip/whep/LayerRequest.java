package io.github.jvbwhip.whep;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.http.exchange.JsonBodies;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The body of a layer selection. Unknown members are passed over; {@code null} is as good as
 * absent.
 *
 * @param mediaId which m-section; empty for the first video one
 * @param selection {@link LayerSelection#AUTOMATIC} when nothing is wished for
 */
record LayerRequest(Optional<String> mediaId, LayerSelection selection) {
  /**
   * Reads a body.
   *
   * @throws ProblemException 400 when it is no JSON object, or a member has the wrong type
   */
  static LayerRequest parse(byte[] body) throws ProblemException {
    JsonNode object = JsonBodies.read(body);
    if (!object.isObject()) {
      throw malformed("The body is a JSON object.");
    }
    return new LayerRequest(
        text(object, "mediaId"),
        new LayerSelection(
            text(object, "rid"),
            number(object, "spatialLayerId"),
            number(object, "temporalLayerId"),
            number(object, "maxSpatialLayerId"),
            number(object, "maxTemporalLayerId"),
            number(object, "maxWidth"),
            number(object, "maxHeight")));
  }

  /** A string, or a number that is meant to be one. */
  private static Optional<String> text(JsonNode object, String name) throws ProblemException {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() && !value.canConvertToExactIntegral()) {
      throw malformed(name + " is a string.");
    }
    return Optional.of(value.asText());
  }

  private static OptionalInt number(JsonNode object, String name) throws ProblemException {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isNumber()
        || !value.canConvertToExactIntegral()
        || !value.canConvertToInt()
        || value.intValue() < 0) {
      throw malformed(name + " is a number from 0 up.");
    }
    return OptionalInt.of(value.intValue());
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
