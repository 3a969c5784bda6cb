package io.github.jvbwhip.http.access.webhook;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** By which a webhook knows who sends it a body. Stateless. */
public final class WebhookSignature {
  /** The header field that has it. */
  public static final String FIELD = "X-Whip-Signature";

  private static final String ALGORITHM = "HmacSHA256";

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
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] digest = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
