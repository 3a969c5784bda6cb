package io.github.jvbwhip.http.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bodies of requests in JSON. Not instantiable. */
public final class JsonBodies {
  /** Of no meaning; it may be passed over. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonBodies() {}

  /**
   * Reads one, in UTF-8 (RFC 8259 §8.1).
   *
   * @throws ProblemException 400 when it is none
   */
  public static JsonNode read(byte[] body) throws ProblemException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return JSON.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (JacksonException | CharacterCodingException e) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not JSON.");
    }
  }
}
