package io.github.jvbwhip.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the DNS has the members.
 *
 * @param scheme of their URLs
 * @param name without a dot at the end
 * @param service whether it has SRV records (RFC 2782), which bring the ports
 * @param port where it has addresses; empty for that of the scheme
 * @param path of the plugins, with a slash at the begin; mostly empty
 */
public record DnsName(String scheme, String name, boolean service, OptionalInt port, String path) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(?<scheme>https?)://)?(?<name>[A-Za-z0-9_][A-Za-z0-9_.-]*?)\\.?"
              + "(?::(?<port>\\d{1,5}))?(?<path>(?:/[A-Za-z0-9._~-]+)*)/?");

  /** The name of that text; empty where it is none. */
  public static Optional<DnsName> of(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String name = parts.group("name").toLowerCase(Locale.ROOT);
    boolean service = name.startsWith("_");
    String port = parts.group("port");
    if (port != null && (service || Integer.parseInt(port) > 65535 || Integer.parseInt(port) < 1)) {
      return Optional.empty();
    }
    return Optional.of(
        new DnsName(
            parts.group("scheme") == null ? "https" : parts.group("scheme"),
            name,
            service,
            port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
            parts.group("path")));
  }

  /** The URL of a plugin. */
  String url(String host, OptionalInt at) {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return scheme + "://" + shown + (at.isPresent() ? ":" + at.getAsInt() : "") + path;
  }
}
