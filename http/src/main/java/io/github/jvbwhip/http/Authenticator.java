package io.github.jvbwhip.http;

/** Finds out who calls (RFC 9725 §4.7). Thread-safe. */
@FunctionalInterface
public interface Authenticator {
  /**
   * @param authorization the value of the {@code Authorization} field, or empty text
   * @throws ProblemException 401 when credentials are needed and these are not good
   */
  Principal authenticate(String authorization) throws ProblemException;
}
