package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A WHIP endpoint (RFC 9725 §4.2): {@code /whip/{room}} and {@code /whip/{room}/{stream}}. */
final class WhipEndpoint implements Resource {
  static final String SDP = "application/sdp";

  private final RoomName room;
  private final StreamName stream;
  private final String path;
  private final PublisherOpening opening;

  WhipEndpoint(RoomName room, StreamName stream, List<String> segments, PublisherOpening opening) {
    this.room = room;
    this.stream = stream;
    this.path = "/" + String.join("/", segments);
    this.opening = opening;
  }

  @Override
  public Access access() {
    return Access.to(Action.PUBLISH, Optional.of(room), Optional.of(stream));
  }

  @Override
  public boolean opensSessions() {
    return true;
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.of("GET"), Operation.taking("POST", List.of(SDP)));
  }

  @Override
  public CompletableFuture<Reply> handle(Call call) throws ProblemException {
    if (call.method().equals("POST")) {
      return opening.publish(call, room, stream, path);
    }
    // There is no representation (RFC 9725 §4.1).
    return Reply.of(204).atOnce();
  }

  @Override
  public List<Header> optionsHeaders(Call call) {
    return opening.optionsHeaders(call);
  }
}
