package io.github.jvbwhip.http.exchange;

import io.github.jvbwhip.http.access.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request, as resources see it: read once, and independent of the container. Immutable. */
public final class Call {
  private final String method;
  private final Optional<String> query;
  private final Map<String, List<String>> headers;
  private final Optional<String> mediaType;
  private final String mountPath;
  private final String prefix;
  private final String origin;
  private final String remoteAddress;
  private final Principal principal;
  private final byte[] body;

  /** Reads all of it: the container uses the request's memory again when it is answered. */
  public Call(HttpServletRequest request, Proxies proxies, Principal principal, byte[] body) {
    this.method = method(request);
    this.query = Optional.ofNullable(request.getQueryString());
    this.headers = headers(request);
    this.mediaType = mediaType(request);
    this.mountPath = request.getContextPath() + request.getServletPath();
    this.prefix = proxies.prefix(request);
    this.origin = proxies.origin(request);
    this.remoteAddress = proxies.clientAddress(request);
    this.principal = principal;
    this.body = body;
  }

  private static Map<String, List<String>> headers(HttpServletRequest request) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
    }
    return headers;
  }

  /** The method; {@code GET} for HEAD as well. */
  public String method() {
    return method;
  }

  /** The method of that request, as {@link #method()}. */
  public static String method(HttpServletRequest request) {
    return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
  }

  /** The query without its question mark, as sent. */
  public Optional<String> query() {
    return query;
  }

  /** The value of that query parameter, or of the first of several. */
  public Optional<String> queryParameter(String name) {
    return QueryString.parameter(query(), name);
  }

  /** All values of that query parameter. */
  public List<String> queryParameters(String name) {
    return QueryString.parameters(query(), name);
  }

  /** All values of that header field. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** The media type of the body in lower case, without parameters. */
  public Optional<String> mediaType() {
    return mediaType;
  }

  /** The media type of that request, as {@link #mediaType()}. */
  public static Optional<String> mediaType(HttpServletRequest request) {
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
    return mountPath;
  }

  /** What the client's path has in front of that, as a trusted proxy says; mostly empty. */
  public String prefix() {
    return prefix;
  }

  /** Scheme, host and port as the client sees them, such as {@code https://example.org}. */
  public String origin() {
    return origin;
  }

  /** The client's address, for the log. */
  public String remoteAddress() {
    return remoteAddress;
  }
}
