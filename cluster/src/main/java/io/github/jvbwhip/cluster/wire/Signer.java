package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.core.text.HmacSha256;
import io.github.jvbwhip.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Signs what members say, by HMAC-SHA256 (RFC 2104) with the secret that they share. Thread-safe.
 */
public final class Signer {
  private final HmacSha256 hmac;

  public Signer(String secret) {
    hmac = new HmacSha256(secret);
  }

  /**
   * The signature of a request.
   *
   * @param operation which one it is: the last part of its path
   * @param digest of its body
   * @param to whom it is meant for
   * @param process that one's incarnation; empty where it is not known
   * @param time in milliseconds since 1970
   * @param nonce never used before by the sender
   */
  String ofRequest(
      String operation,
      String digest,
      String from,
      String to,
      String process,
      String time,
      String nonce) {
    String path = "/cluster/" + operation;
    return hmac.hex(
        String.join("\n", "request", "POST", path, digest, from, to, process, time, nonce));
  }

  /**
   * The signature of the answer to it.
   *
   * @param from who answers
   * @param nonce of the request
   */
  String ofAnswer(String operation, byte[] body, String from, String nonce) {
    return hmac.hex(
        String.join("\n", "answer", "/cluster/" + operation, digest(body), from, nonce));
  }

  /** Whether they are the same; takes the same time whatever differs. */
  static boolean same(String signature, String other) {
    return MessageDigest.isEqual(
        signature.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The SHA-256 digest of a body, in hexadecimal digits. */
  static String digest(byte[] body) {
    return HexFormat.of().formatHex(Sha256.of(body));
  }
}
