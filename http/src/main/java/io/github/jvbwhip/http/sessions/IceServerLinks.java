package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.http.config.IceServer;
import io.github.jvbwhip.http.config.IceServer.Credentials;
import io.github.jvbwhip.http.exchange.Header;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells clients their STUN and TURN servers (RFC 9725 §4.6), one {@code Link} field for each. */
public final class IceServerLinks {
  private final List<IceServer> servers;
  private final Clock clock;

  public IceServerLinks(List<IceServer> servers, Clock clock) {
    this.servers = List.copyOf(servers);
    this.clock = clock;
  }

  /**
   * The fields for one client; timed credentials are made now.
   *
   * @param user stands in the user name of timed credentials, for the TURN server's log
   */
  public List<Header> headers(String user) {
    List<Header> result = new ArrayList<>();
    for (IceServer server : servers) {
      for (String url : server.urls()) {
        String credentials =
            url.startsWith("turn")
                ? server.credentials().map(c -> parameters(c, user)).orElse("")
                : "";
        // OBS wants the target first, and a field for each server.
        result.add(new Header("Link", "<" + url + ">; rel=\"ice-server\"" + credentials));
      }
    }
    return result;
  }

  private String parameters(Credentials credentials, String user) {
    if (credentials instanceof Credentials.Timed timed) {
      long expiry = clock.instant().plus(timed.timeToLive()).getEpochSecond();
      String username = expiry + ":" + user;
      return parameters(username, sign(timed.secret(), username));
    }
    Credentials.Fixed fixed = (Credentials.Fixed) credentials;
    return parameters(fixed.username(), fixed.password());
  }

  private static String parameters(String username, String password) {
    return "; username="
        + quoted(username)
        + "; credential="
        + quoted(password)
        + "; credential-type=\"password\"";
  }

  /** A quoted-string (RFC 9110 §5.6.4); control characters cannot be part of one. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      if (c >= ' ' && c != 0x7F) {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** HMAC-SHA1, because that is what TURN servers check. */
  private static String sign(String secret, String username) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] signature = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }
}
