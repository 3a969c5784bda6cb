package io.github.jvbwhip.testpeer.signalling;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP response.
 *
 * @param uri what answered, after redirects
 */
public record Reply(URI uri, int status, HttpHeaders headers, String body) {
  /** The first value of a header field, whose name is in any case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** All values of a header field. */
  public List<String> headers(String name) {
    return headers.allValues(name);
  }

  /** The Location field, resolved against what answered. */
  public Optional<URI> location() {
    return header("Location").map(uri::resolve);
  }
}
