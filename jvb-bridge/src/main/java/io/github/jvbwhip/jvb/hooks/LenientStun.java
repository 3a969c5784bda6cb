package io.github.jvbwhip.jvb.hooks;

import java.lang.reflect.Field;
import org.ice4j.StunMessageEvent;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.ice.Agent;
import org.ice4j.message.Message;
import org.ice4j.stack.MessageEventHandler;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the STUN messages of FFmpeg's WHIP muxer, which ice4j refuses: its checks have no
 * PRIORITY (8.0), and its answers to the bridge's checks no XOR-MAPPED-ADDRESS (RFC 8445 §7.1.1 and
 * §7.3.1.2). What is there already stays; integrity is checked over what was received.
 *
 * <p>The fields on the way are private and looked up by name; a bridge that has others does without
 * FFmpeg. Thread-safe.
 */
public final class LenientStun implements MessageEventHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LenientStun.class);

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
  public static boolean install(IceTransport transport) {
    try {
      Object network = value(agent(transport).getStunStack(), "netAccessManager");
      Field handler = field(network, "messageEventHandler");
      handler.set(network, new LenientStun((MessageEventHandler) handler.get(network)));
      return true;
    } catch (ReflectiveOperationException | ClassCastException e) {
      LOG.debug("This bridge's ICE is out of reach: FFmpeg cannot publish", e);
      return false;
    }
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

  private static Agent agent(IceTransport transport) throws ReflectiveOperationException {
    try {
      return (Agent) value(value(transport, "currentBundle"), "agent");
    } catch (NoSuchFieldException e) {
      return (Agent) value(transport, "iceAgent"); // bridges before August 2026
    }
  }

  private static Object value(Object owner, String name) throws ReflectiveOperationException {
    Object value = field(owner, name).get(owner);
    if (value == null) {
      throw new NoSuchFieldException(name + " is not set");
    }
    return value;
  }

  private static Field field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
