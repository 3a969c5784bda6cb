package io.github.jvbwhip.http.config;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.IpLiterals;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address, or all of a network: {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}.
 *
 * @param prefix how many bits of the address count
 */
public record Network(InetAddress address, int prefix) {
  /** Literals only: a name would be looked up, and could change under a running server. */
  private static final Pattern SYNTAX = Pattern.compile("([0-9a-fA-F:.]+)(?:/(\\d{1,3}))?");

  /** The network of that text; empty when the text is none. */
  public static Optional<Network> of(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<InetAddress> address = address(matcher.group(1));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int bits = address.get().getAddress().length * 8;
    int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
    return prefix > bits ? Optional.empty() : Optional.of(new Network(address.get(), prefix));
  }

  /** The address of a literal; empty when the text is none. */
  public static Optional<InetAddress> address(String text) {
    if (!IpLiterals.isNoName(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** What limits count a client's address for; a text that is none stands for itself. */
  public static ClientNetwork ofClient(String address) {
    return address(address)
        .map(literal -> ClientNetwork.of(literal.getAddress()))
        .orElseGet(() -> new ClientNetwork(address));
  }

  /** Whether the address is in the network. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
