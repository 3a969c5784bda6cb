package io.github.jvbwhip.whep;

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

/**
 * A WHEP endpoint (WHEP §4.3): {@code /whep/{room}}, the stage, and {@code /whep/{room}/{stream}}.
 */
final class WhepEndpoint implements Resource {
  static final String SDP = "application/sdp";

  private final RoomName room;
  private final Optional<StreamName> stream;
  private final String path;
  private final PlayerOpening opening;

  WhepEndpoint(
      RoomName room, Optional<StreamName> stream, List<String> segments, PlayerOpening opening) {
    this.room = room;
    this.stream = stream;
    this.path = "/" + String.join("/", segments);
    this.opening = opening;
  }

  @Override
  public Access access() {
    return Access.to(Action.WATCH, Optional.of(room), stream);
  }

  @Override
  public boolean opensSessions() {
    return true;
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.of("GET"), Operation.perhapsTaking("POST", SDP));
  }

  @Override
  public CompletableFuture<Reply> handle(Call call) throws ProblemException {
    if (call.method().equals("POST")) {
      return opening.play(call, room, stream, path);
    }
    // How players find out that this is WHEP (WHEP §4.2).
    return Reply.of(200).withContentType(SDP).atOnce();
  }

  @Override
  public List<Header> optionsHeaders(Call call) {
    return opening.optionsHeaders(call);
  }
}
