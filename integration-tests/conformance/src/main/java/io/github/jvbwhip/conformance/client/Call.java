package io.github.jvbwhip.conformance.client;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to be made; immutable.
 *
 * @param body empty for none
 * @param authorized whether the token goes along
 * @param chunked whether the body is sent without saying its length
 */
public record Call(
    String method,
    URI uri,
    Map<String, String> headers,
    Optional<String> body,
    boolean authorized,
    boolean chunked) {
  /** RFC 8866. */
  public static final String SDP = "application/sdp";

  /** RFC 8840. */
  public static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  public Call {
    headers = Map.copyOf(headers);
  }

  /** A request without a body. */
  public static Call of(String method, URI uri) {
    return new Call(method, uri, Map.of(), Optional.empty(), true, false);
  }

  /** A POST of an offer. */
  public static Call post(URI uri, String offer) {
    return of("POST", uri).with("Content-Type", SDP).body(offer);
  }

  /** A PATCH with an ICE fragment, without a condition. */
  public static Call patch(URI uri, String fragment) {
    return of("PATCH", uri).with("Content-Type", FRAGMENT).body(fragment);
  }

  /** A browser's question whether it may (Fetch §3.2), which never carries credentials. */
  public static Call preflight(URI uri, String method, String headers) {
    return of("OPTIONS", uri)
        .with("Origin", "https://conformance.example")
        .with("Access-Control-Request-Method", method)
        .with("Access-Control-Request-Headers", headers)
        .anonymous();
  }

  /** The same with a header field set. */
  public Call with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(method, uri, more, body, authorized, chunked);
  }

  /** The same with a body. */
  public Call body(String text) {
    return new Call(method, uri, headers, Optional.of(text), authorized, chunked);
  }

  /** The same without the token. */
  public Call anonymous() {
    return new Call(method, uri, headers, body, false, chunked);
  }

  /** The same with its body in chunks (RFC 9112 §7.1). */
  public Call inChunks() {
    return new Call(method, uri, headers, body, authorized, true);
  }

  /** The same request to another place. */
  public Call to(URI other) {
    return new Call(method, other, headers, body, authorized, chunked);
  }
}
