package io.github.jvbwhip.http.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A STUN or TURN server that clients are told of (RFC 9725 §4.6).
 *
 * @param urls such as {@code turn:turn.example.org?transport=udp} (RFC 7064, RFC 7065)
 * @param credentials what a TURN server wants
 */
public record IceServer(List<String> urls, Optional<Credentials> credentials) {

  /** How a client signs in at a TURN server. */
  public sealed interface Credentials {
    /** The same for everyone. */
    record Fixed(String username, String password) implements Credentials {
      /** Leaves the password out. */
      @Override
      public String toString() {
        return "Fixed[username=" + username + "]";
      }
    }

    /**
     * Made for each client, and good for a while: the "REST API" that coturn calls {@code
     * use-auth-secret}.
     *
     * @param secret shared with the TURN server
     * @param timeToLive how long a client may use them
     */
    record Timed(String secret, Duration timeToLive) implements Credentials {
      /** Leaves the secret out. */
      @Override
      public String toString() {
        return "Timed[timeToLive=" + timeToLive + "]";
      }
    }
  }

  private static final Pattern URL = Pattern.compile("(stuns?|turns?):[A-Za-z0-9.:\\[\\]?=&_-]+");

  public IceServer {
    urls = List.copyOf(urls);
  }

  static IceServer read(Section section) throws InvalidConfigException {
    List<String> urls = section.texts("urls");
    if (urls.isEmpty() || !urls.stream().allMatch(url -> URL.matcher(url).matches())) {
      throw section.wrong("urls", "a list of stun:, stuns:, turn: or turns: URLs");
    }
    Optional<Credentials> credentials = Optional.empty();
    if (section.has("secret")) {
      String secret = section.text("secret").orElseThrow(() -> section.wrong("secret", "a secret"));
      Duration ttl =
          section.has("time-to-live") ? section.duration("time-to-live") : Duration.ofHours(12);
      credentials = Optional.of(new Credentials.Timed(secret, ttl));
    } else if (section.has("username")) {
      String username =
          section.text("username").orElseThrow(() -> section.wrong("username", "a user name"));
      String password =
          section.text("credential").orElseThrow(() -> section.wrong("credential", "a password"));
      credentials = Optional.of(new Credentials.Fixed(username, password));
    }
    boolean turn = urls.stream().anyMatch(url -> url.startsWith("turn"));
    if (turn && credentials.isEmpty()) {
      throw section.wrong("urls", "stun: only, or to have a username and credential, or a secret");
    }
    section.done();
    return new IceServer(urls, credentials);
  }
}
