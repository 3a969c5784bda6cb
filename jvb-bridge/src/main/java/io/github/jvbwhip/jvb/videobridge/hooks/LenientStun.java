package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.stun.StunRepair;
import org.ice4j.StunMessageEvent;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.message.Message;
import org.ice4j.stack.MessageEventHandler;
import org.ice4j.stack.StunStack;
import org.jitsi.videobridge.transport.ice.IceTransport;

/**
 * Completes the STUN messages of FFmpeg's WHIP muxer, which ice4j refuses, by what {@link
 * StunRepair} finds missing. What is there already stays; integrity is checked over what was
 * received.
 *
 * <p>A bridge whose {@linkplain BridgeInternals private fields} are others does without FFmpeg.
 * Thread-safe.
 */
public final class LenientStun implements MessageEventHandler {
  private final MessageEventHandler next;

  LenientStun(MessageEventHandler next) {
    this.next = next;
  }

  /**
   * Puts itself before the ICE agent that this transport has now. To be called before the client
   * knows the agent's credentials.
   *
   * @return false when this bridge's ICE is out of reach
   */
  public static boolean install(IceTransport transport, BridgeInternals internals) {
    StunStack stack = internals.stunStack(transport);
    MessageEventHandler present = stack == null ? null : internals.stunHandler(stack);
    if (stack == null || present == null) {
      return false;
    }
    internals.setStunHandler(stack, new LenientStun(present));
    return true;
  }

  @Override
  public void handleMessageEvent(StunMessageEvent event) {
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
