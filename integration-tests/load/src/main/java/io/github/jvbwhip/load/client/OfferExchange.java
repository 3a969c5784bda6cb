package io.github.jvbwhip.load.client;

import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one session: the POST, again where it is refused for a time, the answer to a
 * counter-offer, the DELETE. Used on the session's event loop only.
 */
final class OfferExchange {
  /** The session's side of it. */
  interface Client {
    String offer();

    /** The answer to what the server offers instead. */
    String answer(RemoteDescription offer);

    /**
     * Offer and answer have met.
     *
     * @param remote the server's description
     * @param agreed the answer, whoever has given it
     * @param offerer whether the client's offer was taken
     */
    void agreed(RemoteDescription remote, RemoteDescription agreed, boolean offerer);

    void failed(String kind, String text);
  }

  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int NOT_ACCEPTABLE = 406;

  private final EventLoop loop;
  private final SessionResources resources;
  private final URI endpoint;
  private final SessionTimes times;
  private final Client client;
  private @Nullable URI session;
  private boolean busy;
  private boolean deleted;
  private int refusals;
  private long refusedSince;
  private long retryAt = Long.MAX_VALUE;

  OfferExchange(
      EventLoop loop, SessionResources resources, URI endpoint, SessionTimes times, Client client) {
    this.loop = loop;
    this.resources = resources;
    this.endpoint = endpoint;
    this.times = times;
    this.client = client;
  }

  /** Whether a request is on its way, after which the client hears something. */
  boolean isBusy() {
    return busy;
  }

  /** How often the server refused with 429 or 503. */
  int refusals() {
    return refusals;
  }

  /** Whether the server has confirmed the DELETE. */
  boolean isDeleted() {
    return deleted;
  }

  void post() {
    retryAt = Long.MAX_VALUE;
    String offer = client.offer();
    times.posted(System.nanoTime());
    send(resources.signalling().post(endpoint, offer), this::answered);
  }

  /** Tries again when the time has come. */
  void tick(long now) {
    if (retryAt != Long.MAX_VALUE && now - retryAt >= 0) {
      post();
    }
  }

  /** A response, or none, is handled on the loop. */
  private void send(CompletableFuture<Reply> response, Consumer<Reply> handler) {
    busy = true;
    response.whenComplete(
        (reply, failure) -> loop.execute(() -> received(reply, failure, handler)));
  }

  private void received(
      @Nullable Reply reply, @Nullable Throwable failure, Consumer<Reply> handler) {
    busy = false;
    if (reply == null) {
      client.failed("HTTP", Refusals.describe(failure));
      return;
    }
    try {
      handler.accept(reply);
    } catch (IllegalArgumentException | IllegalStateException e) {
      client.failed("answer", String.valueOf(e.getMessage()));
    }
  }

  private void answered(Reply reply) {
    long now = System.nanoTime();
    if (reply.status() == CREATED) {
      times.answered(now);
      session = reply.location().orElse(null);
      RemoteDescription answer = RemoteDescription.parse(reply.body());
      client.agreed(answer, answer, true);
    } else if (reply.status() == NOT_ACCEPTABLE && reply.location().isPresent()) {
      counterOffered(reply.location().get(), RemoteDescription.parse(reply.body()));
    } else if (Refusals.isRefusal(reply.status())) {
      refused(reply, now);
    } else {
      client.failed("POST", Refusals.describe(reply));
    }
  }

  private void counterOffered(URI location, RemoteDescription offer) {
    session = location;
    String answer = client.answer(offer);
    send(
        resources.signalling().patch(location, answer),
        reply -> {
          if (reply.status() == NO_CONTENT) {
            times.answered(System.nanoTime());
            client.agreed(offer, RemoteDescription.parse(answer), false);
          } else {
            client.failed("PATCH", Refusals.describe(reply));
          }
        });
  }

  private void refused(Reply reply, long now) {
    refusals++;
    refusedSince = refusals == 1 ? now : refusedSince;
    long wait = Refusals.waitNanos(reply);
    if (wait < 0 || now - refusedSince > Refusals.LONGEST_NANOS) {
      client.failed("POST", Refusals.describe(reply));
    } else {
      retryAt = now + wait;
    }
  }

  /**
   * Ends the session at the server, if there is one, and stops trying.
   *
   * @param expected whether it is an error when the server does not know it any more
   */
  void delete(boolean expected, Runnable afterwards) {
    retryAt = Long.MAX_VALUE;
    URI known = session;
    if (known == null) {
      afterwards.run();
      return;
    }
    resources
        .signalling()
        .delete(known)
        .whenComplete(
            (reply, failure) ->
                loop.execute(
                    () -> {
                      deleted(reply, failure, expected);
                      afterwards.run();
                    }));
  }

  private void deleted(@Nullable Reply reply, @Nullable Throwable failure, boolean expected) {
    deleted = reply != null && reply.status() / 100 == 2;
    if (!deleted && expected) {
      String text = reply == null ? Refusals.describe(failure) : Refusals.describe(reply);
      resources.errors().add("DELETE", text);
    }
  }
}
