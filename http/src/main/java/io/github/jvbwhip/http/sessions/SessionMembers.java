package io.github.jvbwhip.http.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.text.Words;
import io.github.jvbwhip.http.runtime.OpenedSession;
import java.time.Duration;

/** What JSON objects about sessions have alike, with nothing secret in it. Stateless. */
public final class SessionMembers {
  private SessionMembers() {}

  /** Who it is, and what it is about. */
  public static void put(ObjectNode object, OpenedSession opened) {
    Session<?> session = opened.session();
    object.put("session", session.id().value());
    object.put("protocol", Words.of(opened.protocol()));
    object.put("room", session.room().value());
    session.stream().ifPresent(stream -> object.put("stream", stream.value()));
    object.put("address", opened.client().address());
    object.put("client", opened.client().name());
    object.put("userAgent", opened.client().userAgent());
    opened.codecs().forEach(object.withArray("codecs")::add);
  }

  /** How it has ended. */
  public static void put(ObjectNode object, OpenedSession opened, SessionEnd end) {
    object.put("seconds", Duration.between(opened.begun(), end.at()).toMillis() / 1000.0);
    object.put("reason", Words.of(end.reason()));
    object.put("detail", end.detail());
  }
}
