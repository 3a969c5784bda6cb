package io.github.jvbwhip.http.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a request brings to show who sends it. Never printed by {@link #toString}.
 *
 * @param bearer the token of {@code Authorization: Bearer} (RFC 6750 §2.1)
 * @param basic of {@code Authorization: Basic} (RFC 7617)
 * @param query the token of the query parameter {@code access_token} (RFC 6750 §2.3): it stands in
 *     the logs of proxies
 */
public record Credentials(Optional<String> bearer, Optional<Basic> basic, Optional<String> query) {

  /** User and password. */
  public record Basic(String user, String password) {
    @Override
    public String toString() {
      return "Basic[]";
    }
  }

  /** None at all. */
  public static final Credentials NONE =
      new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

  /** The name of the query parameter. */
  public static final String QUERY_PARAMETER = "access_token";

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  /**
   * Reads those of a request. What is malformed is as good as absent.
   *
   * @param authorization the value of the field
   * @param query the value of the parameter
   * @param lenient whether the scheme may be left out; players exist that send the bare token
   */
  public static Credentials read(
      Optional<String> authorization, Optional<String> query, boolean lenient) {
    String value = authorization.map(String::trim).orElse("");
    Optional<String> bearer = after(BEARER, value);
    Optional<String> encoded = after(BASIC, value);
    boolean bare = lenient && bearer.isEmpty() && encoded.isEmpty();
    return new Credentials(
        (bare ? Optional.of(value) : bearer).filter(token -> !token.isEmpty()),
        encoded.flatMap(Credentials::basic),
        query.filter(token -> !token.isEmpty()));
  }

  /**
   * The token, however it was sent: as a Bearer token, as the password of Basic (as the user where
   * that is empty), or in the query.
   */
  public Optional<String> token() {
    return bearer
        .or(() -> basic.map(pair -> pair.password().isEmpty() ? pair.user() : pair.password()))
        .filter(token -> !token.isEmpty())
        .or(() -> query);
  }

  private static Optional<String> after(String scheme, String value) {
    return value.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(value.substring(scheme.length()).trim())
        : Optional.empty();
  }

  private static Optional<Basic> basic(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Credentials[]";
  }
}
