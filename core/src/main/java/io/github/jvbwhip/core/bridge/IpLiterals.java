package io.github.jvbwhip.core.bridge;

import java.util.regex.Pattern;

/**
 * Tells IP addresses from names. The platform's parser takes what it does not understand for a
 * name, and asks a resolver: for {@code 999.1.1.1}, too, which a client may write anywhere.
 */
public final class IpLiterals {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private IpLiterals() {}

  /**
   * Whether the platform reads this text without looking it up: as an IPv4 address, or as an IPv6
   * address, which it may then refuse (a name has no colon).
   */
  public static boolean isNoName(String text) {
    return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
  }
}
