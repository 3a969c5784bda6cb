package io.github.jvbwhip.http.access.webhook;

import io.github.jvbwhip.core.text.HmacSha256;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** By which a webhook knows who sends it a body. Stateless. */
public final class WebhookSignature {
  /** The header field that has it. */
  public static final String FIELD = "X-Whip-Signature";

  private WebhookSignature() {}

  /** The POST of a body in JSON, signed where there is a secret. */
  public static HttpRequest.Builder post(URI url, Optional<String> secret, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    secret.ifPresent(shared -> request.header(FIELD, of(shared, body)));
    return request;
  }

  /**
   * The value of the field: {@code sha256=}, and the HMAC-SHA256 (RFC 2104) of the body in
   * hexadecimal digits.
   */
  public static String of(String secret, String body) {
    return "sha256=" + new HmacSha256(secret).hex(body);
  }
}
