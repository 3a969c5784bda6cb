package io.github.jvbwhip.whep;

import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.sessions.SessionFinder;
import io.github.jvbwhip.http.sse.SseStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One event stream (WHEP events document): {@code /whep/sessions/{secret}/sse/{id}}. */
final class EventStreamResource implements Resource {
  private final SessionFinder<PlayerSession> finder;
  private final String id;

  EventStreamResource(SessionFinder<PlayerSession> finder, String id) {
    this.finder = finder;
    this.id = id;
  }

  @Override
  public Access access() {
    return Access.bySecret(Action.WATCH);
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.of("GET"), Operation.of("DELETE"));
  }

  @Override
  public CompletableFuture<Reply> handle(Call call) throws ProblemException {
    PlayerSession player = finder.find();
    if (call.method().equals("DELETE")) {
      if (!player.streams().delete(id)) {
        throw unknown();
      }
      return Reply.of(200).atOnce();
    }
    SseStream stream = player.streams().find(id).orElseThrow(EventStreamResource::unknown);
    return EventStreams.reply(stream::connect).atOnce();
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "The session has no such event stream; it may have been deleted.");
  }
}
