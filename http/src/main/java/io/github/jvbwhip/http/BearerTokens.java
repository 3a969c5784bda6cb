package io.github.jvbwhip.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Bearer tokens from a fixed list (RFC 6750 §2.1). With an empty list everyone may call. Keeps and
 * compares digests, each time all of them.
 */
public final class BearerTokens implements Authenticator {
  private static final String SCHEME = "bearer ";

  private final List<byte[]> digests;
  private final boolean strict;

  /**
   * @param strict whether the scheme has to be named; players exist that send the bare token
   */
  public BearerTokens(List<String> tokens, boolean strict) {
    this.digests = tokens.stream().map(BearerTokens::digest).toList();
    this.strict = strict;
  }

  @Override
  public Principal authenticate(String authorization) throws ProblemException {
    if (digests.isEmpty()) {
      return Principal.ANONYMOUS;
    }
    String value = authorization.trim();
    boolean named = value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String token = named ? value.substring(SCHEME.length()).trim() : strict ? "" : value;
    if (token.isEmpty()) {
      throw unauthorized("Send Authorization: Bearer with a token.", "Bearer");
    }
    byte[] offered = digest(token);
    boolean found = false;
    for (byte[] digest : digests) {
      found |= MessageDigest.isEqual(digest, offered);
    }
    if (!found) {
      throw unauthorized("The token is not valid here.", "Bearer error=\"invalid_token\"");
    }
    return new Principal("token-" + HexFormat.of().formatHex(offered, 0, 4));
  }

  private static ProblemException unauthorized(String detail, String challenge) {
    return new ProblemException(
        ProblemType.UNAUTHORIZED, detail, List.of(new Header("WWW-Authenticate", challenge)));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
