package io.github.jvbwhip.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request, as resources see it: read once, and independent of the container. Immutable. */
public final class Call {
  private final HttpServletRequest request;
  private final Proxies proxies;
  private final Principal principal;
  private final byte[] body;

  Call(HttpServletRequest request, Proxies proxies, Principal principal, byte[] body) {
    this.request = request;
    this.proxies = proxies;
    this.principal = principal;
    this.body = body;
  }

  /** The method; {@code GET} for HEAD as well. */
  public String method() {
    return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
  }

  /** The query without its question mark, as sent. */
  public Optional<String> query() {
    return Optional.ofNullable(request.getQueryString());
  }

  /** The value of that query parameter, or of the first of several. */
  public Optional<String> queryParameter(String name) {
    return QueryString.parameter(query(), name);
  }

  /** The first value of that header field. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** All values of that header field. */
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  /** The media type of the body in lower case, without parameters. */
  public Optional<String> mediaType() {
    return mediaType(request);
  }

  static Optional<String> mediaType(HttpServletRequest request) {
    return Optional.ofNullable(request.getContentType())
        .map(type -> type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
        .filter(type -> !type.isEmpty());
  }

  /** The body as it was sent; empty when there is none. Not a copy. */
  public byte[] body() {
    return body;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Who calls. */
  public Principal principal() {
    return principal;
  }

  /** The path under which the servlet is mounted, such as {@code /whip}. */
  public String mountPath() {
    return request.getContextPath() + request.getServletPath();
  }

  /** Scheme, host and port as the client sees them, such as {@code https://example.org}. */
  public String origin() {
    return proxies.origin(request);
  }

  /** The client's address, for the log. */
  public String remoteAddress() {
    return proxies.clientAddress(request);
  }
}
