package io.github.jvbwhip.jvb.videobridge.hooks;

import org.ice4j.StunMessageEvent;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.message.Message;
import org.ice4j.stack.MessageEventHandler;
import org.ice4j.stack.StunStack;
import org.jitsi.videobridge.transport.ice.IceTransport;

/**
 * Completes the STUN messages of FFmpeg's WHIP muxer, which ice4j refuses: its checks have no
 * PRIORITY (8.0), and its answers to the bridge's checks no XOR-MAPPED-ADDRESS (RFC 8445 §7.1.1 and
 * §7.3.1.2). What is there already stays; integrity is checked over what was received.
 *
 * <p>A bridge whose {@linkplain BridgeInternals private fields} are others does without FFmpeg.
 * Thread-safe.
 */
public final class LenientStun implements MessageEventHandler {
  /** What a check's PRIORITY would be: type preference 110, peer reflexive (RFC 8445 §5.1.2). */
  private static final long PEER_REFLEXIVE_PRIORITY = (110L << 24) | (65535 << 8) | 255;

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
    switch (message.getMessageType()) {
      case Message.BINDING_REQUEST ->
          complete(message, AttributeFactory.createPriorityAttribute(PEER_REFLEXIVE_PRIORITY));
      case Message.BINDING_SUCCESS_RESPONSE ->
          complete(
              message,
              AttributeFactory.createXorMappedAddressAttribute(
                  event.getLocalAddress(), message.getTransactionID()));
      default -> {}
    }
    next.handleMessageEvent(event);
  }

  private static void complete(Message message, Attribute attribute) {
    if (!message.containsAttribute(attribute.getAttributeType())) {
      message.putAttribute(attribute);
    }
  }
}
