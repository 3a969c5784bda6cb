package io.github.jvbwhip.cluster.wire;

/** The header fields of signed requests, and of their answers. */
final class SignatureFields {
  /** Of a request's body: the SHA-256 digest, as 64 hexadecimal digits. */
  static final String DIGEST = "Cluster-Digest";

  /** Who sends a request, or an answer. */
  static final String FROM = "Cluster-From";

  /** For whom a request is. */
  static final String TO = "Cluster-To";

  /** Of which incarnation that one is. */
  static final String PROCESS = "Cluster-Process";

  /** When, in milliseconds since 1970. */
  static final String TIME = "Cluster-Time";

  /** Of a request: 32 hexadecimal digits. */
  static final String NONCE = "Cluster-Nonce";

  /** 64 hexadecimal digits. */
  static final String SIGNATURE = "Cluster-Signature";

  private SignatureFields() {}
}
