package io.github.jvbwhip.whip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.http.problems.ProblemType;
import java.net.http.HttpResponse;

/** What tests say about responses. */
final class Responses {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Responses() {}

  static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The response is that problem; gives its detail. */
  static String assertProblem(HttpResponse<String> response, ProblemType type) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(type.status());
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode document = JSON.readTree(response.body());
    assertThat(document.get("type").asText()).isEqualTo(type.uri());
    assertThat(document.get("detail").asText()).isNotBlank();
    return document.get("detail").asText();
  }
}
