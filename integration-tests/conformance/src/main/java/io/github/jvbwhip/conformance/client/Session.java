package io.github.jvbwhip.conformance.client;

import java.net.URI;
import java.util.Optional;

/**
 * A session that a POST created.
 *
 * @param url from Location
 * @param created the 201 response
 */
public record Session(URI url, Exchange created, Sdp offer, Sdp answer) {

  /** The entity tag of the 201, as written. */
  public Optional<String> entityTag() {
    return created.header("ETag");
  }

  /** A PATCH with the current entity tag, where there is one. */
  public Call patch(String fragment) {
    Call patch = Call.patch(url, fragment);
    return entityTag().map(tag -> patch.with("If-Match", tag)).orElse(patch);
  }

  @Override
  public String toString() {
    return "Session[" + created + "]";
  }
}
