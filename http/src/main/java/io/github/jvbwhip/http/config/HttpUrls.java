package io.github.jvbwhip.http.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads URLs of HTTP (RFC 9110 §4.2). */
public final class HttpUrls {
  private HttpUrls() {}

  /** The URL, with {@code http} or {@code https} and a host; empty where the text is none. */
  public static Optional<URI> parse(String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether it is one below which paths can be put: it has neither query nor fragment. */
  static boolean isRoot(URI url) {
    return url.getRawQuery() == null && url.getRawFragment() == null;
  }
}
