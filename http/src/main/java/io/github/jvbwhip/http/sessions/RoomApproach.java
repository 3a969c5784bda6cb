package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a POST does before anything else: its room is brought here where it lives on another bridge,
 * or the client is sent there, once. Thread-safe; nothing waits.
 */
public final class RoomApproach {

  /** What is done where the room is here. */
  @FunctionalInterface
  public interface Here {
    /** Parses, plans and opens. */
    CompletableFuture<Reply> reply() throws ProblemException;
  }

  private final Bridge bridge;
  private final Executor executor;

  public RoomApproach(Bridge bridge, ServerRuntime runtime) {
    this.bridge = bridge;
    this.executor = runtime.executor();
  }

  /**
   * Answers once the room is here.
   *
   * @param path of the endpoint below the mount point
   * @return completing it exceptionally gives up what is waited for
   * @throws ProblemException as {@code here}, where nothing has to be waited for
   */
  public CompletableFuture<Reply> reply(
      Call call, RoomName room, Bridge.Approach approach, String path, Here here)
      throws ProblemException {
    CompletableFuture<Void> near = bridge.approach(room, approach);
    if (near.isDone() && !near.isCompletedExceptionally()) {
      return here.reply();
    }
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    var unused =
        near.whenCompleteAsync(
            (done, failure) -> {
              if (!reply.isDone()) {
                approached(call, path, failure, here, reply);
              }
            },
            executor);
    var alsoUnused = reply.whenComplete((done, failure) -> near.cancel(false));
    return reply;
  }

  private static void approached(
      Call call,
      String path,
      @Nullable Throwable failure,
      Here here,
      CompletableFuture<Reply> reply) {
    Throwable refused = failure == null ? null : Problems.cause(failure);
    Optional<Reply> redirect =
        refused == null ? Optional.empty() : Redirects.redirect(call, path, refused);
    if (redirect.isPresent()) {
      reply.complete(redirect.get());
    } else if (refused == null || Redirects.isSentHere(call, refused)) {
      pass(here, reply);
    } else {
      reply.completeExceptionally(refused);
    }
  }

  /** What becomes of the one becomes of the other. */
  private static void pass(Here here, CompletableFuture<Reply> reply) {
    CompletableFuture<Reply> opened;
    try {
      opened = here.reply();
    } catch (ProblemException | RuntimeException | Error e) {
      reply.completeExceptionally(e);
      return;
    }
    var unused =
        opened.whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                reply.complete(answer);
              } else {
                reply.completeExceptionally(failure);
              }
            });
    var alsoUnused =
        reply.whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                opened.completeExceptionally(failure);
              }
            });
  }
}
