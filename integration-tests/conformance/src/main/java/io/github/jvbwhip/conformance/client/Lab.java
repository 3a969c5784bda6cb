package io.github.jvbwhip.conformance.client;

import io.github.jvbwhip.conformance.Target;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What one check works with; it ends every session and peer that the check started. For one thread.
 */
public final class Lab implements AutoCloseable {
  private static final int MAX_REDIRECTS = 3;
  private static final Duration CLEAN_UP = Duration.ofSeconds(1);

  private final Target target;
  private final Protocol protocol;
  private final HttpCaller http;
  private final Studio studio;
  private final Deque<Runnable> cleanUp = new ArrayDeque<>();
  private boolean onAir;

  /**
   * @param protocol what {@link #endpoint} and {@link #open} mean
   * @param studio the publisher that players watch; other checks share it
   */
  public Lab(Target target, Protocol protocol, HttpCaller http, Studio studio) {
    this.target = target;
    this.protocol = protocol;
    this.http = http;
    this.studio = studio;
    onAir = protocol == Protocol.WHEP;
  }

  /** The protocol under test. */
  public Protocol protocol() {
    return protocol;
  }

  /** The endpoint under test. */
  public URI endpoint() {
    return endpoint(protocol);
  }

  private URI endpoint(Protocol wanted) {
    return target
        .endpoint(wanted)
        .orElseThrow(() -> new NotApplicable("needs a " + wanted + " endpoint too"));
  }

  /** For event streams. */
  public HttpCaller http() {
    return http;
  }

  /** How long to wait for what should come at once. */
  public Duration patience() {
    return target.timeout();
  }

  /** How long to wait for media and events. */
  public Duration soon() {
    return target.soon();
  }

  /**
   * A server does not follow the text where that does no harm: it takes what a client must not do.
   * That is a failure where the server has to be strict, and otherwise a reason to skip.
   */
  public RuntimeException tolerated(String expected, Object seen) {
    return target.strict()
        ? new Unmet(expected, seen)
        : new NotApplicable("tolerated without --strict: expected " + expected + "; seen: " + seen);
  }

  /** A server that hangs has cost its time-out already. */
  private void delete(URI session) {
    http.send(Call.of("DELETE", session), CLEAN_UP);
  }

  // Publishing for players

  /** Nothing is published from now on, or the check is skipped. */
  public void offAir() {
    endpoint(Protocol.WHIP);
    onAir = false;
    studio.stop();
  }

  /** Skips the check unless it can publish. */
  public void needsPublisher() {
    endpoint(Protocol.WHIP);
  }

  /** The studio publishes again. */
  public void goOnAir() {
    onAir = true;
    studio.start();
  }

  // HTTP

  /** Makes any request; a session that it creates is ended with the check. */
  public Exchange send(Call call) {
    Exchange exchange = http.send(call);
    if (call.method().equals("POST") && (exchange.isSuccess() || exchange.status() == 406)) {
      exchange.location().ifPresent(url -> cleanUp.push(() -> delete(url)));
    }
    return exchange;
  }

  /** Makes a request again and again, as long as its answer is to be; returns the last answer. */
  public Exchange sendAgain(Call call, Predicate<Exchange> again, Duration timeout) {
    Deque<Exchange> replies = new ArrayDeque<>(List.of(send(call)));
    try {
      new Signal()
          .await(
              "another answer",
              timeout,
              () -> {
                if (again.test(replies.getLast())) {
                  replies.add(send(call));
                }
                return !again.test(replies.getLast());
              },
              replies::toString);
    } catch (AssertionError e) {
      return replies.getLast();
    }
    return replies.getLast();
  }

  /** POSTs an offer, following redirects as clients have to. */
  public Exchange post(String offer) {
    return post(protocol, offer);
  }

  private Exchange post(Protocol to, String offer) {
    return follow(Call.post(endpoint(to), offer));
  }

  /** Makes a request to the endpoint, following redirects as clients have to. */
  public Exchange follow(Call call) {
    if (onAir) {
      studio.start();
    }
    Exchange exchange = send(call);
    for (int i = 0; i < MAX_REDIRECTS && exchange.status() / 100 == 3; i++) {
      if (exchange.location().isEmpty()) {
        return exchange;
      }
      exchange = send(call.to(exchange.location().get()));
    }
    return exchange;
  }

  /**
   * Throws unless an offer was answered. A WHEP server may always prefer its own offer, or want a
   * publisher first; then what is said of answers does not bind it.
   */
  public Exchange taken(Exchange reply) {
    if (protocol == Protocol.WHEP) {
      NotApplicable.unless(reply.status() != 406, "the server answers with a counter-offer");
      NotApplicable.unless(
          reply.status() != 409 || target.whip().isPresent(),
          "nothing is published there (409): publish, or say --whip");
    }
    return reply.expect(201);
  }

  /** Creates a session with the usual offer. */
  public Session open() {
    return open(Offers.basic(protocol));
  }

  /** Creates a session. */
  public Session open(String offer) {
    return open(protocol, offer);
  }

  private Session open(Protocol to, String offer) {
    Exchange created = taken(post(to, offer));
    URI url = created.location().orElseThrow(() -> new Unmet("a Location field", created));
    return new Session(url, created, Sdp.parse(offer), Sdp.parse(created.body()));
  }

  // Media

  /** Keeps a peer until the check ends. */
  public TestPeer peer() {
    return peer(endpoint());
  }

  /** The same with one SRTP profile alone. */
  public TestPeer peer(SrtpProfile profile) {
    return peer(Peers.optionsTowards(endpoint()).withSrtpProfiles(profile));
  }

  private TestPeer peer(URI near) {
    return peer(Peers.optionsTowards(near));
  }

  private TestPeer peer(PeerOptions options) {
    TestPeer peer = TestPeer.open(options);
    cleanUp.push(peer::close);
    return peer;
  }

  /** A session of a peer, which starts ICE at once; the offer is a peer's. */
  public Session connect(TestPeer peer, String offer) {
    return connect(peer, protocol, offer);
  }

  private Session connect(TestPeer peer, Protocol to, String offer) {
    Session session = open(to, offer);
    peer.acceptAnswer(session.created().body());
    return session;
  }

  /** A publisher of the check's own, besides which nothing is published; ICE has started. */
  public TestPeer publisher(String... rids) {
    offAir();
    TestPeer peer = peer(endpoint(Protocol.WHIP));
    connect(peer, Protocol.WHIP, Peers.publisherOffer(peer, rids));
    return peer;
  }

  /** A session that the caller describes, closed when the check ends. */
  public <T extends AutoCloseable> T keep(Supplier<T> opener) {
    T opened = opener.get();
    cleanUp.push(
        () -> {
          try {
            opened.close();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return opened;
  }

  /** Ends everything, newest first. */
  @Override
  public void close() {
    while (!cleanUp.isEmpty()) {
      try {
        cleanUp.pop().run();
      } catch (RuntimeException e) {
        // The server is judged by the check; a clean-up that fails says nothing more about it.
        continue;
      }
    }
  }
}
