package io.github.jvbwhip.load.client;

import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.load.net.Impairment;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.AnswerWriter;
import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One WHIP or WHEP session from its POST to its DELETE. Everything happens on its event loop, where
 * it is to be read too; {@link #start} and {@link #end} may be called from anywhere.
 */
public final class Session implements Transport.Listener {
  /** Where the session is. */
  public enum State {
    /** Not begun, or waiting as long as a refusal has said. */
    WAITING,
    /** A POST or PATCH is on its way. */
    SIGNALLING,
    /** ICE and DTLS go on. */
    CONNECTING,
    CONNECTED,
    FAILED,
    ENDED
  }

  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int NOT_ACCEPTABLE = 406;

  private final EventLoop loop;
  private final SessionResources resources;
  private final URI endpoint;
  private final Media media;
  private final Impairment impairment;
  private final boolean decrypting;
  private final Random random;
  private final Runnable settled;
  private final SessionTimes times = new SessionTimes();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private State state = State.WAITING;
  private @Nullable Transport transport;
  private @Nullable URI location;
  private String srtpProfile = "";
  private int refusals;
  private long retryAt = Long.MAX_VALUE;
  private long refusedSince;
  private long connectingSince;
  private boolean isSettled;
  private boolean ending;
  private boolean finishing;
  private boolean deleted;

  private Session(
      EventLoop loop,
      SessionResources resources,
      URI endpoint,
      Media media,
      Impairment impairment,
      boolean decrypting,
      Random random,
      Runnable settled) {
    this.loop = loop;
    this.resources = resources;
    this.endpoint = endpoint;
    this.media = media;
    this.impairment = impairment;
    this.decrypting = decrypting;
    this.random = random;
    this.settled = settled;
  }

  /**
   * A session of a publisher.
   *
   * @param settled called once, when it is connected or has failed
   */
  public static Session of(
      Publisher publisher,
      EventLoop loop,
      SessionResources resources,
      URI endpoint,
      Random random,
      Runnable settled) {
    Impairment none = new Impairment(0, 0, 0);
    return new Session(loop, resources, endpoint, publisher, none, true, random, settled);
  }

  /** The same of a player, with what it receives impaired. */
  public static Session of(
      Player player,
      Impairment impairment,
      EventLoop loop,
      SessionResources resources,
      URI endpoint,
      Random random,
      Runnable settled) {
    return new Session(
        loop, resources, endpoint, player, impairment, player.decrypts(), random, settled);
  }

  /** Begins with the POST. */
  public void start() {
    loop.execute(this::post);
  }

  public State state() {
    return state;
  }

  public SessionTimes times() {
    return times;
  }

  /** How often the server refused with 429 or 503. */
  public int refusals() {
    return refusals;
  }

  /** Whether the server has confirmed the DELETE. */
  public boolean isDeleted() {
    return deleted;
  }

  /** What DTLS has chosen; empty before. */
  public String srtpProfile() {
    return srtpProfile;
  }

  /** The local port; 0 before there is one. */
  public int port() {
    return transport == null ? 0 : transport.portNumber();
  }

  /** Packets that could not be authenticated. */
  public long refusedPackets() {
    return transport == null ? 0 : transport.refusedPackets();
  }

  public Impairment impairment() {
    return impairment;
  }

  private void post() {
    if (ending) {
      return;
    }
    try {
      if (transport == null) {
        transport = new Transport(loop, resources, impairment, decrypting, random, this);
      }
      state = State.SIGNALLING;
      retryAt = Long.MAX_VALUE;
      String offer = media.offer(writer(transport));
      times.posted(System.nanoTime());
      onLoop(resources.signalling().post(endpoint, offer), this::answered);
    } catch (IOException e) {
      failed("socket", String.valueOf(e.getMessage()));
    }
  }

  private DescriptionWriter writer(Transport of) {
    return new DescriptionWriter(
        random.nextLong() >>> 2, resources.identity().fingerprint().toString(), of.localIce());
  }

  private interface ReplyHandler {
    void handle(Reply reply);
  }

  /** A response, or none, is handled on the loop. */
  private void onLoop(CompletableFuture<Reply> response, ReplyHandler handler) {
    response.whenComplete(
        (reply, failure) ->
            loop.execute(
                () -> {
                  try {
                    if (failure != null) {
                      failed("HTTP", Refusals.describe(failure));
                    } else {
                      handler.handle(reply);
                    }
                  } catch (IllegalArgumentException | IllegalStateException e) {
                    failed("answer", String.valueOf(e.getMessage()));
                  }
                }));
  }

  private void answered(Reply reply) {
    long now = System.nanoTime();
    if (reply.status() == CREATED) {
      times.answered(now);
      location = reply.location().orElse(null);
      RemoteDescription answer = RemoteDescription.parse(reply.body());
      connect(answer, answer, true, answer.bundled().setup().equals("passive"));
    } else if (reply.status() == NOT_ACCEPTABLE && reply.location().isPresent()) {
      location = reply.location().get();
      counterOffered(reply.body());
    } else if (Refusals.isRefusal(reply.status())) {
      refused(reply, now);
    } else {
      failed("POST", Refusals.describe(reply));
    }
  }

  private void counterOffered(String body) {
    Transport own = transport;
    URI session = location;
    if (own == null || session == null || ending) {
      finish();
      return;
    }
    RemoteDescription offer = RemoteDescription.parse(body);
    String answer =
        new AnswerWriter(writer(own))
            .answer(offer, Set.copyOf(EnumSet.allOf(Codec.class)))
            .replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\na=rtcp-mux-only\r\n");
    onLoop(
        resources.signalling().patch(session, answer),
        reply -> {
          if (reply.status() != NO_CONTENT) {
            failed("PATCH", Refusals.describe(reply));
            return;
          }
          times.answered(System.nanoTime());
          RemoteDescription agreed = RemoteDescription.parse(answer);
          connect(offer, agreed, false, !offer.bundled().setup().equals("active"));
        });
  }

  private void connect(
      RemoteDescription remote, RemoteDescription agreed, boolean offerer, boolean dtlsClient) {
    Transport own = transport;
    if (own == null || ending) {
      finish();
      return;
    }
    state = State.CONNECTING;
    connectingSince = System.nanoTime();
    media.agreed(agreed, remote);
    boolean lite = remote.isIceLite();
    own.start(remote.bundled(), offerer, lite, dtlsClient);
  }

  private void refused(Reply reply, long now) {
    refusals++;
    refusedSince = refusals == 1 ? now : refusedSince;
    long wait = Refusals.waitNanos(reply);
    if (ending) {
      finish();
    } else if (wait < 0 || now - refusedSince > Refusals.LONGEST_NANOS) {
      failed("POST", Refusals.describe(reply));
    } else {
      state = State.WAITING;
      retryAt = now + wait;
    }
  }

  /** Some milliseconds have passed. */
  public void tick(long now) {
    Transport own = transport;
    if (state == State.WAITING && retryAt != Long.MAX_VALUE && now - retryAt >= 0) {
      post();
    } else if (own != null && (state == State.CONNECTING || state == State.CONNECTED)) {
      own.tick(now);
      if (state == State.CONNECTED) {
        media.tick(now);
      } else if (now - connectingSince > resources.connectTimeout().toNanos()) {
        if (own.hasPath()) {
          failed("DTLS", "no handshake in time");
        } else {
          failed("ICE", own.iceProgress());
        }
      }
    }
  }

  @Override
  public void connected(String profile) {
    if (state == State.CONNECTING) {
      state = State.CONNECTED;
      srtpProfile = profile;
      times.connected(System.nanoTime());
      if (transport != null) {
        media.connected(transport, System.nanoTime());
      }
      settle();
    }
  }

  @Override
  public void failed(String kind, String text) {
    if (ending) {
      finish();
      return;
    }
    if (state == State.FAILED || state == State.ENDED) {
      return;
    }
    resources.errors().add(kind, text);
    media.stop(System.nanoTime());
    state = State.FAILED;
    finish();
  }

  private void settle() {
    if (!isSettled) {
      isSettled = true;
      settled.run();
    }
  }

  @Override
  public void rtp(byte[] b, int length, long now) {
    media.rtp(b, length, now);
  }

  @Override
  public void rtcp(byte[] b, int length, long now) {
    media.rtcp(b, length, now);
  }

  /** Ends it by DELETE. The result is there when the server has answered, or will not. */
  public CompletableFuture<Void> end() {
    loop.execute(
        () -> {
          if (ending) {
            return;
          }
          ending = true;
          media.stop(System.nanoTime());
          if (state != State.SIGNALLING) {
            finish();
          } // Otherwise when its answer has come.
        });
    return ended;
  }

  private void finish() {
    if (finishing) {
      return;
    }
    finishing = true;
    URI session = location;
    boolean good = state != State.FAILED;
    if (good) {
      state = State.ENDED;
    }
    settle();
    if (session == null) {
      close();
      return;
    }
    resources
        .signalling()
        .delete(session)
        .whenComplete((reply, failure) -> loop.execute(() -> deleted(reply, failure, good)));
  }

  private void deleted(@Nullable Reply reply, @Nullable Throwable failure, boolean expected) {
    if (reply != null && reply.status() / 100 == 2) {
      deleted = true;
    } else if (expected) {
      resources
          .errors()
          .add("DELETE", reply == null ? Refusals.describe(failure) : Refusals.describe(reply));
    }
    close();
  }

  private void close() {
    if (transport != null) {
      transport.close();
    }
    ended.complete(null);
  }
}
