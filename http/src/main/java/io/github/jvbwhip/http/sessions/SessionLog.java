package io.github.jvbwhip.http.sessions;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import io.github.jvbwhip.http.runtime.SessionListener;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line into the log when a session begins, and one when it ends, with nothing secret in
 * them. Thread-safe.
 */
public final class SessionLog implements SessionListener {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How a line is written. */
  public enum Format {
    /** A sentence. */
    TEXT,
    /** A JSON object, for programs that read logs. */
    JSON
  }

  private final Format format;
  private final Consumer<String> lines;

  public SessionLog(Format format) {
    this(format, LOG::info);
  }

  /**
   * @param lines takes them
   */
  SessionLog(Format format, Consumer<String> lines) {
    this.format = format;
    this.lines = lines;
  }

  @Override
  public void opened(OpenedSession session) {
    lines.accept(format == Format.JSON ? beginObject(session) : beginText(session));
    session
        .session()
        .onEnd(
            end ->
                lines.accept(
                    format == Format.JSON ? endObject(session, end) : endText(session, end)));
  }

  private static String beginText(OpenedSession opened) {
    Session<?> session = opened.session();
    return "Session %s: %s is %s from %s by %s%s, codecs %s, endpoint %s"
        .formatted(
            session.id(),
            opened.place(),
            verb(opened),
            opened.client().address(),
            opened.client().name(),
            agent(opened),
            String.join(" ", opened.codecs()),
            endpoint(opened).id());
  }

  private static String agent(OpenedSession opened) {
    String agent = opened.client().userAgent();
    return agent.isEmpty() ? "" : " (" + agent + ")";
  }

  private static String endText(OpenedSession opened, SessionEnd end) {
    EndpointStats stats = endpoint(opened).stats();
    return "Session %s: %s was %s by %s for %s%s, %s (%s); %d bytes received, %d sent"
        .formatted(
            opened.session().id(),
            opened.place(),
            verb(opened),
            opened.client().name(),
            time(Duration.between(opened.begun(), end.at())),
            opened.session().connectedAt().isPresent() ? "" : ", never connected",
            end.reason(),
            end.detail(),
            stats.bytesReceived(),
            stats.bytesSent());
  }

  private static String beginObject(OpenedSession opened) {
    ObjectNode object = object("begin", opened.begun(), opened);
    object.put("endpoint", endpoint(opened).id());
    return object.toString();
  }

  private static String endObject(OpenedSession opened, SessionEnd end) {
    EndpointStats stats = endpoint(opened).stats();
    ObjectNode object = object("end", end.at(), opened);
    SessionMembers.put(object, opened, end);
    object.put("connected", opened.session().connectedAt().isPresent());
    object.put("bytesReceived", stats.bytesReceived());
    object.put("bytesSent", stats.bytesSent());
    return object.toString();
  }

  private static ObjectNode object(String event, Instant at, OpenedSession opened) {
    ObjectNode object = JSON.createObjectNode();
    object.put("event", event);
    SessionMembers.put(object, opened);
    object.put("time", at.toString());
    return object;
  }

  private static BridgeEndpoint endpoint(OpenedSession opened) {
    return opened
        .session()
        .endpoint()
        .orElseThrow(() -> new IllegalStateException("an opened session has an endpoint"));
  }

  private static String verb(OpenedSession opened) {
    return opened.protocol() == Protocol.WHIP ? "published" : "watched";
  }

  private static String time(Duration time) {
    return time.toMinutes() == 0
        ? time.toSecondsPart() + " s"
        : "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
