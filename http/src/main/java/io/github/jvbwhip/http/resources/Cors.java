package io.github.jvbwhip.http.resources;

import io.github.jvbwhip.http.config.CorsConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cross-Origin Resource Sharing, as browsers do it (Fetch §3.2). Fields are set and not added: a
 * container may have a CORS filter of its own, and two values are worse than none.
 */
final class Cors {
  private static final String ALLOW_METHODS = "Access-Control-Allow-Methods";

  /**
   * All methods of endpoint and session alike: one client reads them at the endpoint, and trickles
   * only if PATCH is among them.
   */
  private static final String METHODS = "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE";

  private static final List<String> HEADERS =
      List.of("Authorization", "Content-Type", "If-Match", "ETag", "Last-Event-ID");
  private static final String EXPOSED =
      "Location, ETag, Link, Retry-After, Content-Type, Accept-Post, Accept-Patch, Allow, "
          + "WWW-Authenticate, "
          + ALLOW_METHODS;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private final CorsConfig config;

  Cors(CorsConfig config) {
    this.config = config;
  }

  /** Sets the fields that every response to that origin has, errors included. */
  void apply(HttpServletRequest request, HttpServletResponse response) {
    boolean all = config.allowedOrigins().contains("*");
    if (!all) {
      response.addHeader("Vary", "Origin");
    }
    String origin = request.getHeader("Origin");
    if (origin == null || !(all || config.allowedOrigins().contains(origin))) {
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", all ? "*" : origin);
    response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader(ALLOW_METHODS, METHODS);
      response.setHeader(
          "Access-Control-Allow-Headers",
          allowedHeaders(request.getHeader("Access-Control-Request-Headers")));
      response.setHeader("Access-Control-Max-Age", "86400");
    }
  }

  /** Whether this is a browser's question before the real request. */
  static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** Ours, and what is asked for beside: no header field of a request can do harm here. */
  private static String allowedHeaders(@Nullable String requested) {
    Map<String, String> allowed = new LinkedHashMap<>();
    HEADERS.forEach(header -> allowed.put(header.toLowerCase(Locale.ROOT), header));
    if (requested != null) {
      for (String name : requested.split(",", -1)) {
        String trimmed = name.trim();
        if (TOKEN.matcher(trimmed).matches()) {
          allowed.putIfAbsent(trimmed.toLowerCase(Locale.ROOT), trimmed);
        }
      }
    }
    return String.join(", ", allowed.values());
  }
}
