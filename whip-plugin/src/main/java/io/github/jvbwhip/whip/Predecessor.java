package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.http.exchange.Call;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which session a publisher says that it had before: {@code Link: <session URL>;
 * rel="predecessor-version"} in its POST (RFC 8288 §3, RFC 5829 §3). The URL is known to who has
 * opened that session, and to nobody else. A certificate's fingerprint would prove nothing: DTLS
 * 1.2 sends certificates in the clear, and most clients make one for each connection.
 */
final class Predecessor {
  private static final Pattern LINK = Pattern.compile("<([^<>]*)>([^<]*)");
  private static final Pattern RELATION =
      Pattern.compile(
          ";\\s*rel\\s*=\\s*\"?predecessor-version\"?\\s*(?:[;,]|$)", Pattern.CASE_INSENSITIVE);

  private Predecessor() {}

  /** The secret of that session, of which nothing is known yet. */
  static Optional<SessionSecret> of(Call call) {
    return call.headers("Link").stream().flatMap(value -> links(value).stream()).findFirst();
  }

  private static List<SessionSecret> links(String value) {
    return LINK.matcher(value)
        .results()
        .filter(link -> RELATION.matcher(link.group(2)).find())
        .flatMap(link -> SessionSecret.of(lastSegment(link.group(1))).stream())
        .toList();
  }

  private static String lastSegment(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
