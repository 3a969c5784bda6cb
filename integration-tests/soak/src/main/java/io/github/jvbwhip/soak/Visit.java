package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A guest who is there. Used by the round's thread alone. */
final class Visit {
  /** Little, since many are at it: 10 frames and 150 kb per second. */
  private static final VideoSettings SMALL = new VideoSettings(320, 180, 10, 150_000, 0);

  private final Guest guest;
  private final URI endpoint;
  private final TestPeer peer;
  private boolean restarted;
  private boolean wasConnected;
  private Optional<String> failure = Optional.empty();

  private Visit(Guest guest, URI endpoint, TestPeer peer) {
    this.guest = guest;
    this.endpoint = endpoint;
    this.peer = peer;
  }

  /**
   * Comes, and connects.
   *
   * @return empty where that was all
   * @throws AssertionError when the answer is not the one that is due
   */
  static Optional<Visit> begin(Guest guest, URI server) {
    TestPeer peer = TestPeer.open(PeerOptions.defaults());
    Visit visit = new Visit(guest, endpoint(guest, server), peer);
    try {
      if (visit.come()) {
        return Optional.of(visit);
      }
      peer.close();
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      peer.close();
      throw e;
    }
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
        expect(peer.connect(endpoint, Offers.publisher(guest.codec(), guest.simulcast())), 201);
        peer.video(SMALL).start();
        peer.audio().start();
        return true;
      }
      default -> {
        expect(peer.connect(endpoint, Offers.player()), 201);
        return true;
      }
    }
  }

  private void expect(Reply reply, int status) {
    if (reply.status() != status) {
      throw new AssertionError(
          "%s: %d instead of %d: %s".formatted(guest, reply.status(), status, reply.body()));
    }
  }

  /** Restarts ICE; a bridge that cannot says so. */
  void restartIce() {
    if (peer.isConnected()) {
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
      return;
    }
    if (guest.farewell() == Guest.Farewell.DELETE) {
      expect(peer.hangUp(), 200);
    }
    peer.close();
  }

  /** What went wrong, once it has left. */
  Optional<String> complaint() {
    if (!wasConnected) {
      return Optional.of("%s was never connected: %s".formatted(guest, peer));
    }
    return failure.map(
        reason -> "%s%s: %s".formatted(guest, restarted ? ", restarted" : "", reason));
  }
}
