package io.github.jvbwhip.standalone;

import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person who started the product wants to know.
 *
 * @param bridge which one runs
 * @param host where HTTP listens, as it was given
 * @param pages whether it serves pages
 * @param privateServer the root of the bridge's own HTTP server, where it has one
 */
record Banner(
    String bridge,
    String host,
    int httpPort,
    Access access,
    boolean pages,
    Optional<URI> privateServer) {

  /** Who may publish, and who may watch, in words. */
  record Access(String whip, String whep) {
    static Access of(WhipConfig whip, WhepConfig whep) {
      return new Access(whip.http().access(), whep.http().access());
    }
  }

  String text() {
    String base = "http://" + reachedAt(host) + ":" + httpPort + "/";
    List<String> lines = new ArrayList<>();
    lines.add("Bridge:  " + bridge);
    lines.add((pages ? "Pages:   " : "Server:  ") + base);
    lines.add("Publish: " + base + "whip/ROOM/STREAM (WHIP)" + inBrowser(base, "publish"));
    lines.add("Watch:   " + base + "whep/ROOM/STREAM (WHEP)" + inBrowser(base, "watch"));
    lines.add("Access:  WHIP " + access.whip() + ", WHEP " + access.whep());
    privateServer.ifPresent(
        root ->
            lines.add(
                "Private: "
                    + root
                    + " of the bridge, for this machine alone: metrics, about/health,"
                    + " colibri/drain"));
    lines.add("Ctrl-C ends it.");
    return String.join(System.lineSeparator(), lines);
  }

  private String inBrowser(String base, String page) {
    return pages ? ", or in a browser " + base + page : "";
  }

  /** A name or an address that a browser on this machine may take. */
  private static String reachedAt(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      boolean local = address.isAnyLocalAddress() || host.equals("127.0.0.1");
      return local ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    } catch (UnknownHostException e) {
      return host;
    }
  }
}
