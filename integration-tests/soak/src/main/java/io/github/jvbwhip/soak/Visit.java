package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Network;
import io.github.jvbwhip.testpeer.network.Relay;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A guest who is there. Used by the round's thread alone. */
final class Visit {
  /** Little, since many are at it: 10 frames and 150 kb per second. */
  private static final VideoSettings SMALL = new VideoSettings(320, 180, 10, 150_000, 0);

  private static final Duration LATE = Duration.ofMillis(20);
  private static final long SLOW = 500_000;

  private final Guest guest;
  private final URI endpoint;
  private final TestPeer peer;
  private final Optional<Relay> relay;
  private boolean restarted;
  private boolean wasConnected;
  private Optional<String> failure = Optional.empty();

  private Visit(Guest guest, URI endpoint, TestPeer peer, Optional<Relay> relay) {
    this.guest = guest;
    this.endpoint = endpoint;
    this.peer = peer;
    this.relay = relay;
  }

  /**
   * Comes, and connects.
   *
   * @param network what those go over who have no direct way
   * @return empty where that was all
   * @throws AssertionError when the answer is not the one that is due
   */
  static Optional<Visit> begin(Guest guest, URI server, Network network) {
    Optional<Relay> relay = relay(guest, network);
    Visit visit =
        new Visit(guest, endpoint(guest, server), TestPeer.open(PeerOptions.defaults()), relay);
    boolean stays = false;
    try {
      stays = visit.come();
      return stays ? Optional.of(visit) : Optional.empty();
    } finally {
      if (!stays) {
        visit.close();
      }
    }
  }

  private static Optional<Relay> relay(Guest guest, Network network) {
    Conditions perfect = Conditions.perfect();
    Conditions conditions =
        switch (guest.way()) {
          case DIRECT, FORGETFUL -> perfect;
          case LOSSY -> perfect.withLoss(0.1);
          case REORDERING -> perfect.withDelay(LATE, LATE).withReordering(0.1);
          case SLOW -> perfect.withRate(SLOW);
        };
    if (guest.way() == Guest.Way.DIRECT) {
      return Optional.empty();
    }
    Relay relay = network.relay();
    relay.set(conditions);
    return Optional.of(relay);
  }

  private void close() {
    peer.close();
    relay.ifPresent(Relay::close);
  }

  private static URI endpoint(Guest guest, URI server) {
    boolean plays = guest.role() == Guest.Role.PLAYER;
    String path = (plays ? "whep/" : "whip/") + guest.room();
    return server.resolve(guest.stream().map(stream -> path + "/" + stream).orElse(path));
  }

  private boolean come() {
    switch (guest.role()) {
      case KNOCKER -> {
        String offer = peer.offer(Offers.publisher(guest.codec(), guest.simulcast()));
        expect(HttpSignalling.post(endpoint, offer, Map.of()), 201);
        return false;
      }
      case BABBLER -> {
        String offer = peer.offer(Offers.publisher(guest.codec(), guest.simulcast()));
        expect(HttpSignalling.post(endpoint, offer.replace("a=fingerprint", "a=x"), Map.of()), 400);
        return false;
      }
      case PUBLISHER -> {
        expect(connect(Offers.publisher(guest.codec(), guest.simulcast())), 201);
        peer.video(SMALL).start();
        peer.audio().start();
        return true;
      }
      default -> {
        expect(connect(Offers.player()), 201);
        return true;
      }
    }
  }

  private Reply connect(OfferSpec offer) {
    return relay.isPresent()
        ? peer.connectOver(relay.get(), endpoint, offer)
        : peer.connect(endpoint, offer);
  }

  private void expect(Reply reply, int status) {
    if (reply.status() != status) {
      throw new AssertionError(
          "%s: %d instead of %d: %s".formatted(guest, reply.status(), status, reply.body()));
    }
  }

  /** Is seen at another port, or restarts ICE; a bridge that cannot do that says so. */
  void change() {
    if (relay.isPresent()) {
      relay.get().changePort();
    } else if (peer.isConnected()) {
      wasConnected = true;
      Reply reply = peer.restartIce();
      if (reply.status() != 422) {
        expect(reply, 200);
        restarted = true;
      }
    }
  }

  /** Leaves, as was planned. */
  void end() {
    wasConnected |= peer.isConnected();
    failure = peer.failure();
    if (guest.farewell() == Guest.Farewell.VANISH) {
      peer.transport().setOutgoingFilter(DatagramFilter.nothing());
      peer.abandon();
      relay.ifPresent(Relay::close);
      return;
    }
    if (guest.farewell() == Guest.Farewell.DELETE) {
      expect(peer.hangUp(), 200);
    }
    close();
  }

  /** What went wrong, once it has left. */
  Optional<String> complaint() {
    // A handshake may take longer than the visit where much is lost.
    if (!wasConnected && guest.way() != Guest.Way.LOSSY) {
      return Optional.of("%s was never connected: %s".formatted(guest, peer));
    }
    return failure.map(
        reason -> "%s%s: %s".formatted(guest, restarted ? ", restarted" : "", reason));
  }
}
