package io.github.jvbwhip.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Looks members up in the DNS; waits for it. */
final class DnsLookup {
  private static final String MILLIS = "2000";
  private static final String TRIES = "2";

  private final DnsName name;
  private final Optional<String> server;

  /**
   * @param server for SRV records, such as {@code 127.0.0.1:53}; empty for the system's
   */
  DnsLookup(DnsName name, Optional<String> server) {
    this.name = name;
    this.server = server;
  }

  /**
   * The URLs of the members, at least one.
   *
   * @throws IOException when there is no answer, or nothing of that name
   */
  List<String> find() throws IOException {
    List<String> urls = name.service() ? services() : addresses();
    if (urls.isEmpty()) {
      throw new IOException("the DNS has no records");
    }
    return urls;
  }

  private List<String> addresses() throws IOException {
    List<String> urls = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName(name.name())) {
      urls.add(name.url(address.getHostAddress(), name.port()));
    }
    return urls;
  }

  /** By SRV records (RFC 2782); priorities and weights do not count, since all are asked. */
  @SuppressWarnings("BanJNDI") // Of its records text is read, and no objects.
  private List<String> services() throws IOException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, "dns://" + server.orElse(""));
    environment.put("com.sun.jndi.dns.timeout.initial", MILLIS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    List<String> urls = new ArrayList<>();
    try {
      InitialDirContext context = new InitialDirContext(environment);
      try {
        Attribute records = context.getAttributes(name.name(), new String[] {"SRV"}).get("SRV");
        if (records != null) {
          for (NamingEnumeration<?> all = records.getAll(); all.hasMore(); ) {
            url(String.valueOf(all.next())).ifPresent(urls::add);
          }
        }
      } finally {
        context.close();
      }
    } catch (NameNotFoundException e) {
      throw new IOException("the DNS has no such name", e);
    } catch (NamingException e) {
      throw new IOException("the DNS does not answer", e);
    }
    return urls;
  }

  /** Priority, weight, port, target; a target of one dot says that there is no service. */
  private Optional<String> url(String record) {
    String[] parts = record.trim().split(" +", -1);
    if (parts.length != 4 || !parts[2].matches("\\d{1,5}") || parts[3].equals(".")) {
      return Optional.empty();
    }
    String host = parts[3].replaceAll("\\.$", "");
    return Optional.of(name.url(host, OptionalInt.of(Integer.parseInt(parts[2]))));
  }
}
