package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.stun.StunRepair;
import java.util.concurrent.atomic.AtomicInteger;
import org.ice4j.StunMessageEvent;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.ice.Agent;
import org.ice4j.message.Message;
import org.ice4j.stack.MessageEventHandler;
import org.ice4j.stack.StunStack;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an ICE agent of ice4j, for three reasons.
 *
 * <p>It completes the STUN messages of FFmpeg's WHIP muxer, which ice4j refuses, by what {@link
 * StunRepair} finds missing. What is there already stays; integrity is checked over what was
 * received.
 *
 * <p>It lets an agent handle one message at a time. A check that is handled while the answer to the
 * agent's own check of that pair is, is answered with 500, and many clients end then. Each that
 * waits has a thread of ice4j's: of a client that sends too many some are lost.
 *
 * <p>It has the agent {@linkplain FollowedAgent follow} a client whose address changes.
 *
 * <p>A bridge whose {@linkplain BridgeInternals private fields} are others does without.
 * Thread-safe.
 */
final class LenientStun implements MessageEventHandler {
  /** More than come at a time from a client that paces its checks. */
  private static final int MAX_WAITING = 16;

  private final AtomicInteger present = new AtomicInteger();
  private final MessageEventHandler next;
  private final @Nullable FollowedAgent followed;

  /**
   * @param followed null where the agent cannot follow
   */
  LenientStun(MessageEventHandler next, @Nullable FollowedAgent followed) {
    this.next = next;
    this.followed = followed;
  }

  /** Puts itself before the agent, once. */
  static void install(Agent agent, BridgeInternals internals) {
    StunStack stack = agent.getStunStack();
    MessageEventHandler present = internals.stunHandler(stack);
    if (present != null && !(present instanceof LenientStun)) {
      FollowedAgent followed =
          internals.selectsPairs() ? new FollowedAgent(agent, internals) : null;
      internals.setStunHandler(stack, new LenientStun(present, followed));
    }
  }

  @Override
  public void handleMessageEvent(StunMessageEvent event) {
    try {
      if (present.incrementAndGet() <= MAX_WAITING) {
        handle(event);
      }
    } finally {
      present.decrementAndGet();
    }
  }

  private synchronized void handle(StunMessageEvent event) {
    if (followed != null && followed.handles(event)) {
      return;
    }
    Message message = event.getMessage();
    switch (StunRepair.missing(
        message.getMessageType(), type -> message.containsAttribute((char) type))) {
      case StunRepair.PRIORITY ->
          message.putAttribute(
              AttributeFactory.createPriorityAttribute(StunRepair.PEER_REFLEXIVE_PRIORITY));
      case StunRepair.XOR_MAPPED_ADDRESS ->
          message.putAttribute(
              AttributeFactory.createXorMappedAddressAttribute(
                  event.getLocalAddress(), message.getTransactionID()));
      default -> {}
    }
    next.handleMessageEvent(event);
  }
}
