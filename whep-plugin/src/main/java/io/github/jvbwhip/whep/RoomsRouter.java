package io.github.jvbwhip.whep;

import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.Router;
import io.github.jvbwhip.whep.events.RoomsFeed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The rooms as the pages show them, read-only: {@code /api/rooms} as JSON, {@code
 * /api/rooms/events} as server-sent events named {@code rooms}. Not part of WHEP.
 */
final class RoomsRouter implements Router {
  private final RoomsFeed feed;

  RoomsRouter(RoomsFeed feed) {
    this.feed = feed;
  }

  @Override
  public Optional<Resource> route(List<String> segments) {
    if (segments.isEmpty()) {
      return Optional.of(
          new ReadOnly(() -> Reply.of(200).withBody("application/json", feed.snapshot())));
    } else if (segments.equals(List.of("events"))) {
      return Optional.of(
          new ReadOnly(() -> EventStreams.reply(async -> feed.open().connectAnew(async))));
    }
    return Optional.empty();
  }

  private record ReadOnly(Supplier<Reply> reply) implements Resource {
    @Override
    public Access access() {
      return Access.to(Action.LIST_ROOMS, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.of("GET"));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) {
      return reply.get().atOnce();
    }
  }
}
