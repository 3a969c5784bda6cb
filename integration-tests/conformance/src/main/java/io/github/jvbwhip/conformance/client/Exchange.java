package io.github.jvbwhip.conformance.client;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request and its response.
 *
 * @param uri what answered
 */
public record Exchange(String method, URI uri, int status, HttpHeaders headers, String body) {

  /** The first value of a header field. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** All list members of a header field, trimmed, in lower case. */
  public List<String> listed(String name) {
    return headers.allValues(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(member -> member.trim().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Type and subtype of the content, in lower case; empty without the field. */
  public String mediaType() {
    return header("Content-Type")
        .map(value -> value.split(";")[0].trim().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** The Location field, resolved. */
  public Optional<URI> location() {
    return header("Location").map(uri::resolve);
  }

  /** The links of all Link fields. */
  public List<Link> links() {
    return headers.allValues("Link").stream().flatMap(v -> Link.parse(v, uri).stream()).toList();
  }

  /** Whether the status is one of 200 to 299. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Whether the status is one of 400 to 499. */
  public boolean isClientError() {
    return status / 100 == 4;
  }

  /** Throws unless the status is one of these. */
  public Exchange expect(Integer... statuses) {
    List<Integer> allowed = List.of(statuses);
    String names = String.join(" or ", allowed.stream().map(String::valueOf).toList());
    Unmet.unless(allowed.contains(status), names, this);
    return this;
  }

  /** Throws unless the status is one of 200 to 299. */
  public Exchange expectSuccess() {
    Unmet.unless(isSuccess(), "a 2xx response", this);
    return this;
  }

  /** Throws unless the status is one of 400 to 499. */
  public Exchange expectClientError() {
    Unmet.unless(isClientError(), "a 4xx response", this);
    return this;
  }

  /** Throws unless there is no content. */
  public Exchange expectNoContent() {
    Unmet.unless(body.isEmpty(), "no content", this + ", " + body.length() + " characters");
    return this;
  }

  /** Without the URL, which may be a capability. */
  @Override
  public String toString() {
    String type = mediaType().isEmpty() ? "" : " " + mediaType();
    return method + " -> " + status + type;
  }
}
