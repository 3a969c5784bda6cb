package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import java.util.concurrent.CompletableFuture;

/**
 * A publisher as a participant, from the moment that it wants to join until it leaves; when it
 * comes back, that is another one. Thread-safe.
 *
 * @param invited what comes of its joining
 */
record Stay(
    Newcomer newcomer, ParticipantListener listener, CompletableFuture<Invitation> invited) {

  Stay(Newcomer newcomer, ParticipantListener listener) {
    this(newcomer, listener, new CompletableFuture<>());
  }

  /** Whether that is the same publisher, and has signed in with the same. */
  boolean isOf(Newcomer other) {
    return newcomer.stream().equals(other.stream()) && newcomer.token().equals(other.token());
  }

  /** It is not let in. */
  void refuse(BridgeException reason) {
    invited.completeExceptionally(reason);
  }
}
