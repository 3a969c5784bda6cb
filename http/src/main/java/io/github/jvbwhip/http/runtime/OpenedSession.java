package io.github.jvbwhip.http.runtime;

import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import java.time.Instant;
import java.util.List;

/**
 * A session with what was known of it when it was opened, for those who look after the server.
 *
 * @param client who has opened it
 * @param codecs what was negotiated, or offered to a player that is still to answer
 * @param begun when it was opened
 */
public record OpenedSession(
    Protocol protocol, Session<?> session, Client client, List<String> codecs, Instant begun) {
  public OpenedSession {
    codecs = List.copyOf(codecs);
  }

  /** The room, and the stream after a slash where it is about one. */
  public String place() {
    return session.room() + session.stream().map(stream -> "/" + stream).orElse("");
  }

  /**
   * Who has opened a session.
   *
   * @param address as trusted proxies say it
   * @param name opaque and safe to log: never a token
   * @param userAgent what it calls itself, in printable characters; empty where it does not
   */
  public record Client(String address, String name, String userAgent) {
    private static final int MOST = 200;

    /** What a client says of itself is cut, and has nothing in it that a log could be fooled by. */
    public Client {
      String printable = userAgent.replaceAll("[^\\x20-\\x7E]", "?");
      userAgent = printable.length() > MOST ? printable.substring(0, MOST) : printable;
    }
  }
}
