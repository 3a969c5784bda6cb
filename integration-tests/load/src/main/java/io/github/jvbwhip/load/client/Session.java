package io.github.jvbwhip.load.client;

import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.load.net.Impairment;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.AnswerWriter;
import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One WHIP or WHEP session from its POST to its DELETE. Everything happens on its event loop, where
 * it is to be read too; {@link #start} and {@link #end} may be called from anywhere.
 */
public final class Session implements Transport.Listener, OfferExchange.Client {
  /** Where the session is. */
  public enum State {
    /** A request is on its way, or waits as long as a refusal has said, or comes soon. */
    SIGNALLING,
    /** ICE and DTLS go on. */
    CONNECTING,
    CONNECTED,
    FAILED,
    ENDED
  }

  private final EventLoop loop;
  private final SessionResources resources;
  private final Media media;
  private final Impairment impairment;
  private final boolean decrypting;
  private final Random random;
  private final Runnable settled;
  private final OfferExchange exchange;
  private final SessionTimes times = new SessionTimes();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private State state = State.SIGNALLING;
  private @Nullable Transport transport;
  private String srtpProfile = "";
  private long connectingSince;
  private boolean isSettled;
  private boolean ending;
  private boolean finishing;

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
    this.media = media;
    this.impairment = impairment;
    this.decrypting = decrypting;
    this.random = random;
    this.settled = settled;
    exchange = new OfferExchange(loop, resources, endpoint, times, this);
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
    return exchange.refusals();
  }

  /** Whether the server has confirmed the DELETE. */
  public boolean isDeleted() {
    return exchange.isDeleted();
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
      transport = new Transport(loop, resources, impairment, decrypting, random, this);
      exchange.post();
    } catch (IOException e) {
      failed("socket", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String offer() {
    return media.offer(writer());
  }

  @Override
  public String answer(RemoteDescription offer) {
    return new AnswerWriter(writer()).answer(offer, Set.copyOf(EnumSet.allOf(Codec.class)));
  }

  private DescriptionWriter writer() {
    return new DescriptionWriter(
        random.nextLong() >>> 2,
        resources.identity().fingerprint().toString(),
        Objects.requireNonNull(transport).localIce());
  }

  @Override
  public void agreed(RemoteDescription remote, RemoteDescription agreed, boolean offerer) {
    Transport own = transport;
    if (own == null || ending) {
      finish();
      return;
    }
    state = State.CONNECTING;
    connectingSince = System.nanoTime();
    media.agreed(agreed, remote);
    own.start(remote.bundled(), offerer, remote.isIceLite());
  }

  /** Some milliseconds have passed. */
  public void tick(long now) {
    try {
      look(now);
    } catch (RuntimeException e) {
      failed("INTERNAL", e.toString()); // The others of this loop go on.
    }
  }

  private void look(long now) {
    Transport own = transport;
    if (state == State.SIGNALLING && !ending) {
      exchange.tick(now);
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
          if (!exchange.isBusy()) {
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
    boolean good = state != State.FAILED;
    if (good) {
      state = State.ENDED;
    }
    settle();
    exchange.delete(good, this::close);
  }

  private void close() {
    if (transport != null) {
      transport.close();
    }
    ended.complete(null);
  }
}
