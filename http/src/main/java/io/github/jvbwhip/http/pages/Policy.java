package io.github.jvbwhip.http.pages;

import io.github.jvbwhip.http.config.FrameAncestors;
import java.util.LinkedHashMap;
import java.util.Map;

/** The header fields that tell browsers who may do what with a page. */
final class Policy {
  /** Scripts, styles and pictures come from here alone; only sessions may go to other bridges. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; connect-src 'self' http: https:; media-src 'self' blob: mediastream:;"
          + " base-uri 'none'; form-action 'self'; object-src 'none'; ";

  /** A page that opens a camera must not be under somebody else's picture of a button. */
  static final Map<String, String> OWN = framedBy(FrameAncestors.NONE);

  /** What the pages of others import too: modules are always asked for by CORS (HTML §8.1.3.3). */
  static final Map<String, String> SHARED = shared();

  private Policy() {}

  /** That of a page which these may have in a frame. */
  static Map<String, String> framedBy(FrameAncestors ancestors) {
    return Map.of(
        "Content-Security-Policy",
        CONTENT_SECURITY_POLICY + ancestors.directive(),
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "same-origin");
  }

  private static Map<String, String> shared() {
    Map<String, String> headers = new LinkedHashMap<>(OWN);
    headers.put("Access-Control-Allow-Origin", "*");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    headers.put("Timing-Allow-Origin", "*");
    return Map.copyOf(headers);
  }

  /**
   * What is added for a browser that asks beforehand (Fetch §3.3.3). A player of another origin
   * that is given a wrong address POSTs there, and is to read that it is wrong.
   */
  static Map<String, String> preflight(Map<String, String> policy) {
    return Map.of(
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Allow-Methods",
        policy.containsKey("Access-Control-Allow-Origin") ? PagesServlet.METHODS : "POST",
        "Access-Control-Allow-Headers",
        "*",
        "Access-Control-Max-Age",
        "86400");
  }
}
