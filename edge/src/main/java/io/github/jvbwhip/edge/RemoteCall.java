package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.edge.EdgeClient.Answer;
import io.github.jvbwhip.edge.EdgeClient.Caller;
import io.github.jvbwhip.http.access.OtherServer;
import io.github.jvbwhip.http.problems.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session of this server at another one: opened once, ended once. Confined to the serial
 * executor, as are the calls of its listener.
 */
abstract class RemoteCall {
  /** From the answer until media can flow; who is there takes a second or two. */
  private static final Duration CONNECTING = Duration.ofSeconds(15);

  /** Hears of it, and nothing more after {@link #close}. */
  interface Listener {
    /** The other server takes it: what it replaces is to go now. */
    void accepted();

    /** Media can flow. */
    void connected();

    /** The other server asks to come again, there or where it said; it goes on until then. */
    void asked(Optional<URI> elsewhere);

    /** It is over, and everything of it is freed. */
    void ended(CallEnd end);
  }

  final EdgeTools tools;
  final Caller caller;
  private final URI url;
  private final Listener listener;
  private @Nullable URI session;
  private @Nullable BridgeEndpoint endpoint;
  private @Nullable Future<?> deadline;
  private boolean connected;
  private boolean over;

  RemoteCall(EdgeTools tools, URI url, Caller caller, Listener listener) {
    this.tools = tools;
    this.url = url;
    this.caller = caller;
    this.listener = listener;
  }

  /** Begins. */
  abstract void start();

  /** Frees what the kind of call has beside its endpoint and its session. */
  abstract void free();

  final boolean isOver() {
    return over;
  }

  final boolean isConnected() {
    return connected;
  }

  /** Goes on in turn, where the call is not over; a failure ends it. */
  final <T> void then(CompletableFuture<T> future, Step<T> next, Consumer<T> tooLate) {
    var unused =
        future.whenComplete(
            (result, failure) ->
                tools.serial().execute(() -> follow(result, failure, next, tooLate)));
  }

  /** What is done with a result. */
  @FunctionalInterface
  interface Step<T> {
    void take(T result) throws CallFailure, NegotiationException, SdpException, BridgeException;
  }

  private <T> void follow(
      T result, @Nullable Throwable failure, Step<T> next, Consumer<T> tooLate) {
    if (failure != null) {
      fail(reason(Problems.cause(failure)));
    } else if (over) {
      tooLate.accept(result);
    } else {
      try {
        next.take(result);
      } catch (CallFailure e) {
        fail(e);
      } catch (NegotiationException e) {
        fail(new CallFailure("its session description does not fit: " + e.detail()));
      } catch (SdpException e) {
        fail(new CallFailure("its session description is malformed: " + e.reason()));
      } catch (BridgeException e) {
        fail(reason(e));
      } catch (RuntimeException | Error e) {
        fail(new CallFailure("a fault of this server: " + e));
        throw e;
      }
    }
  }

  private static CallFailure reason(Throwable failure) {
    return failure instanceof BridgeException refused
        ? new CallFailure(
            "the bridge here does not take it: " + refused.getMessage(), refused.retryAfter())
        : new CallFailure("it cannot be asked: " + OtherServer.reason(failure));
  }

  // What is asked.

  /** POSTs to the endpoint; a session that comes too late is ended. */
  final void post(Optional<String> offer, Step<Answer> next) {
    then(
        tools
            .client()
            .send("POST", url, offer.map(sdp -> EdgeClient.SDP), offer.orElse(""), caller),
        answer -> {
          opened(answer);
          next.take(answer);
        },
        answer -> {
          opened(answer);
          hangUp();
        });
  }

  private void opened(Answer answer) {
    if (answer.status() == 201 || answer.status() == 406) {
      session = answer.url("Location").orElse(null);
    }
  }

  /** The session's URL, where it has one. */
  final Optional<URI> session() {
    return Optional.ofNullable(session);
  }

  /** The description in an answer. */
  static SessionDescription description(Answer answer) throws CallFailure, SdpException {
    if (!answer.isSdp()) {
      throw new CallFailure("its answer (" + answer.status() + ") is no session description");
    }
    return SdpReader.LENIENT.description(answer.text()).value();
  }

  /** What an answer means that is none of those wanted. */
  CallFailure refusal(Answer answer) {
    return Refusal.of(answer, tools.clock().instant());
  }

  private void hangUp() {
    URI last = session;
    session = null;
    if (last != null) {
      tools.hangUps().add(tools.client().send("DELETE", last, Optional.empty(), "", caller));
    }
  }

  // What becomes of it.

  final void accept() {
    listener.accepted();
  }

  final void ask(Optional<URI> elsewhere) {
    if (!over) {
      listener.asked(elsewhere);
    }
  }

  /** It has an endpoint, which is its from now on. */
  final void has(BridgeEndpoint opened) {
    endpoint = opened;
    if (!connected) {
      deadline =
          tools.later(
              CONNECTING,
              () -> {
                if (!connected) {
                  fail(new CallFailure("no media connection came about with it"));
                }
              });
    }
  }

  /** Hears of the endpoint, on threads of the bridge. */
  final EndpointListener endpointListener() {
    return new EndpointListener() {
      @Override
      public void connected() {
        tools.serial().execute(RemoteCall.this::connect);
      }

      @Override
      public void ended(EndReason reason, String detail) {
        tools.serial().execute(() -> fail(new CallFailure("its media have ended: " + detail)));
      }
    };
  }

  private void connect() {
    if (!over) {
      connected = true;
      listener.connected();
    }
  }

  final void fail(CallFailure failure) {
    end(CallEnd.failed(failure, connected));
  }

  final void end(CallEnd end) {
    if (!over) {
      release();
      listener.ended(end);
    }
  }

  /** Ends it, and says nothing more. Idempotent. */
  final void close() {
    if (!over) {
      release();
    }
  }

  private void release() {
    over = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    free();
    if (endpoint != null) {
      endpoint.close();
    }
    hangUp();
  }
}
