package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.BridgeException;
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
   * Why there may be no place here for another session.
   *
   * @param refusal what the bridge says that takes none
   * @param full whether there are as many sessions as there may be; that is not known for certain
   *     before one is opened
   */
  public record Shortage(Optional<BridgeException> refusal, boolean full) {
    boolean isAny() {
      return full || refusal.isPresent();
    }
  }

  /**
   * Goes on when the bridge knows of the room what there is to know. Where there is no place here,
   * the client is sent to another server, as far as one is known.
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
      Shortage shortage,
      Step next)
      throws ProblemException {
    boolean sent = Redirects.isRedirected(call);
    Visit visit =
        new Visit(room, stream, approach, ViaField.edges(call.headers(ViaField.NAME)), sent);
    Step arrive = () -> after(bridge.approach(visit), done -> next.go(), call, path);
    if (!shortage.isAny()) {
      return arrive.go();
    }
    CompletableFuture<Optional<String>> instead =
        sent ? CompletableFuture.completedFuture(Optional.empty()) : bridge.instead(visit);
    return after(
        instead,
        server -> {
          if (server.isPresent()) {
            return Redirects.to(server.get(), call, path).atOnce();
          } else if (shortage.refusal().isPresent()) {
            throw Problems.of(shortage.refusal().get());
          }
          return arrive.go();
        },
        call,
        path);
  }

  private interface Following<T> {
    CompletableFuture<Reply> go(T known) throws ProblemException;
  }

  private <T> CompletableFuture<Reply> after(
      CompletableFuture<T> before, Following<T> next, Call call, String path)
      throws ProblemException {
    if (before.isDone() && !before.isCompletedExceptionally()) {
      return next.go(before.join());
    }
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    var unused =
        before.whenCompleteAsync(
            (known, failure) -> {
              if (failure == null && !reply.isDone()) {
                follow(() -> next.go(known), reply);
              } else if (failure != null) {
                Throwable problem = Problems.cause(failure);
                Redirects.redirect(call, path, problem)
                    .ifPresentOrElse(reply::complete, () -> reply.completeExceptionally(problem));
              }
            },
            executor);
    var alsoUnused = reply.whenComplete((done, failure) -> before.cancel(false));
    return reply;
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
