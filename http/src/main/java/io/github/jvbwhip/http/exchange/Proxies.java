package io.github.jvbwhip.http.exchange;

import io.github.jvbwhip.http.config.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who calls, and how, as trusted proxies say it by {@code X-Forwarded-For}, {@code
 * X-Forwarded-Proto} and {@code X-Forwarded-Prefix}. What others write there is not believed.
 * Immutable.
 */
public final class Proxies {
  /** Segments of what a path may have as it is (RFC 3986 §3.3), none of them dots. */
  private static final Pattern PREFIX =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~!$&'()*+=:@-]+)*");

  /** Beside {@code X-Forwarded-...}: what proxies add to requests, and nobody else. */
  private static final Set<String> OF_PROXIES = Set.of("forwarded", "via", "x-real-ip");

  private static final Pattern HOP =
      Pattern.compile(
          "\\[(?<v6>[^\\]]+)](?::[0-9]{1,5})?|(?<plain>[0-9.]+)(?::[0-9]{1,5})?|(?<bare>[0-9A-Fa-f:.]+)");

  private final List<Network> trusted;

  /** Those whose word is taken. */
  public Proxies(List<Network> trusted) {
    this.trusted = trusted;
  }

  private boolean isTrusted(String address) {
    if (trusted.isEmpty()) {
      return false;
    }
    Optional<InetAddress> parsed = Network.address(address);
    return parsed.isPresent() && trusted.stream().anyMatch(t -> t.contains(parsed.get()));
  }

  /**
   * The client's address: the last one that no trusted proxy has. Each proxy appends whom it was
   * called by, so that a client can make up only what stands before its own address.
   */
  public String clientAddress(HttpServletRequest request) {
    return client(request).address();
  }

  /**
   * Whether a proxy has it from somebody whom nobody who is trusted names: whose it is cannot be
   * known.
   */
  public boolean isHidden(HttpServletRequest request) {
    boolean named =
        isTrusted(remoteAddress(request))
            && request.getHeader("X-Forwarded-For") != null
            && client(request).certain();
    return !named
        && Collections.list(request.getHeaderNames()).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(name -> name.startsWith("x-forwarded-") || OF_PROXIES.contains(name));
  }

  /**
   * Who calls, as far as it was told.
   *
   * @param certain whether all that is needed to know that could be read
   */
  private record Client(String address, boolean certain) {}

  private Client client(HttpServletRequest request) {
    return client(
        remoteAddress(request),
        String.join(",", Collections.list(request.getHeaders("X-Forwarded-For"))));
  }

  /** The address behind that of a connection, as {@link #clientAddress(HttpServletRequest)}. */
  String clientAddress(String remote, String forwardedFor) {
    return client(remote, forwardedFor).address();
  }

  private Client client(String remote, String forwardedFor) {
    String address = remote;
    String[] hops = forwardedFor.split(",", -1);
    for (int i = hops.length - 1; i >= 0 && isTrusted(address); i--) {
      Optional<String> hop = hop(hops[i].trim());
      if (hop.isEmpty()) {
        return new Client(address, false);
      }
      address = hop.get();
    }
    return new Client(address, true);
  }

  /** Jetty has IPv6 addresses in brackets. */
  private static String remoteAddress(HttpServletRequest request) {
    String remote = request.getRemoteAddr();
    return hop(remote).orElse(remote);
  }

  /** An address, maybe in brackets, and with a port where some proxies have one. */
  private static Optional<String> hop(String said) {
    Matcher parts = HOP.matcher(said);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String address =
        Stream.of("v6", "plain", "bare")
            .map(parts::group)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return Network.address(address).map(known -> address);
  }

  /** Scheme, host and port as the client sees them, such as {@code https://example.org}. */
  public String origin(HttpServletRequest request) {
    String scheme = request.getScheme();
    int port = request.getServerPort();
    String forwarded = request.getHeader("X-Forwarded-Proto");
    if (forwarded != null && isTrusted(remoteAddress(request))) {
      String said = forwarded.trim().toLowerCase(Locale.ROOT);
      if (!said.equals(scheme) && (said.equals("http") || said.equals("https"))) {
        // Without a port in Host it is the usual one, of the client's scheme.
        port = port == usualPort(scheme) ? usualPort(said) : port;
        scheme = said;
      }
    }
    String host = request.getServerName();
    return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
  }

  /**
   * What the client's path has in front of ours, such as {@code /media}; empty where nothing is
   * said, or what is said is no path.
   */
  public String prefix(HttpServletRequest request) {
    String said = request.getHeader("X-Forwarded-Prefix");
    return said == null || !isTrusted(remoteAddress(request)) ? "" : prefix(said);
  }

  private static String prefix(String said) {
    // Several proxies may each have taken a part off: the first one is the outermost.
    StringBuilder prefix = new StringBuilder();
    for (String each : said.split(",", -1)) {
      String path = each.strip().replaceAll("/+$", "");
      if (!PREFIX.matcher(path).matches()) {
        return "";
      }
      prefix.append(path);
    }
    return prefix.toString();
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
