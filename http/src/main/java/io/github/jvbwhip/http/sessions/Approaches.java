package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.Visit;
import io.github.jvbwhip.core.threads.Futures;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.exchange.ViaField;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells the bridge who comes, before anything is planned: a room that lives elsewhere is brought
 * here then. Thread-safe.
 */
public final class Approaches {
  /** What a POST does then. */
  @FunctionalInterface
  public interface Step {
    CompletableFuture<Reply> go() throws ProblemException;
  }

  private final Bridge bridge;
  private final Executor executor;

  public Approaches(Bridge bridge, ServerRuntime runtime) {
    this.bridge = bridge;
    this.executor = runtime.executor();
  }

  /**
   * Goes on when the bridge knows of the room what there is to know.
   *
   * @param path of the endpoint below the mount point
   * @return completing it exceptionally gives up what is next, and what is waited for
   * @throws ProblemException as {@code next}, where nothing has to be waited for
   */
  public CompletableFuture<Reply> then(
      Call call,
      RoomName room,
      Optional<StreamName> stream,
      Approach approach,
      String path,
      Step next)
      throws ProblemException {
    CompletableFuture<Void> approached =
        bridge.approach(
            new Visit(room, stream, approach, ViaField.edges(call.headers(ViaField.NAME))));
    if (approached.isDone() && !approached.isCompletedExceptionally()) {
      return next.go();
    }
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    var unused =
        approached.whenCompleteAsync(
            (done, failure) -> {
              if (!reply.isDone()) {
                approached(call, path, failure, next, reply);
              }
            },
            executor);
    var alsoUnused = reply.whenComplete((done, failure) -> approached.cancel(false));
    return reply;
  }

  /** Who was sent here by another server is taken here. */
  private static void approached(
      Call call,
      String path,
      @Nullable Throwable failure,
      Step next,
      CompletableFuture<Reply> reply) {
    Throwable problem = failure == null ? null : Problems.cause(failure);
    Optional<Reply> redirect =
        problem == null ? Optional.empty() : Redirects.redirect(call, path, problem);
    if (redirect.isPresent()) {
      reply.complete(redirect.get());
    } else if (problem == null || Redirects.isSentHere(call, problem)) {
      follow(next, reply);
    } else {
      reply.completeExceptionally(problem);
    }
  }

  private static void follow(Step next, CompletableFuture<Reply> reply) {
    CompletableFuture<Reply> following;
    try {
      following = next.go();
    } catch (ProblemException | RuntimeException | Error e) {
      reply.completeExceptionally(e);
      return;
    }
    Futures.giveUpWith(reply, following);
    Futures.pass(following, reply);
  }

  /** By which edges comes what is watched there, for those who are edges themselves. */
  public List<Header> path(RoomName room) {
    List<String> path = bridge.path(room);
    return path.isEmpty() ? List.of() : List.of(new Header(ViaField.NAME, ViaField.of(path)));
  }
}
