package io.github.jvbwhip.http.access;

import io.github.jvbwhip.core.text.Sha256;
import io.github.jvbwhip.http.problems.ProblemException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** Tokens that are good for something. Keeps and compares digests, each time all. Immutable. */
public final class TokenList {
  private final List<byte[]> digests;

  public TokenList(List<String> tokens) {
    digests = tokens.stream().map(Sha256::of).toList();
  }

  public boolean isEmpty() {
    return digests.isEmpty();
  }

  /**
   * Whoever brings one of them.
   *
   * @param kind tells callers of this list from others'
   * @throws ProblemException for those who bring none
   */
  public Principal principal(String kind, Credentials credentials) throws ProblemException {
    String token = Refusals.tokenOf(credentials);
    if (!contains(token)) {
      throw Refusals.invalid("The token is not valid here.");
    }
    return Principal.ofToken(kind, token, Map.of());
  }

  /** Takes as long for one that is there as for one that is not. */
  private boolean contains(String token) {
    byte[] offered = Sha256.of(token);
    boolean found = false;
    for (byte[] digest : digests) {
      found |= MessageDigest.isEqual(digest, offered);
    }
    return found;
  }
}
