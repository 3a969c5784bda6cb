package io.github.jvbwhip.embedded.transport;

import org.ice4j.attribute.AttributeFactory;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.security.CredentialsAuthority;
import org.ice4j.stack.StunStack;
import org.ice4j.stack.TransactionID;

/** Binding requests as another implementation encodes them. */
final class StunMessages {
  private StunMessages() {}

  /** Hands a router what comes to a socket. */
  static UdpSocket.Handler routing(StunRouter router) {
    return (socket, buffer, length, from, nanoTime) ->
        router.route(socket, buffer, 0, length, from, nanoTime);
  }

  /** A signed check; without PRIORITY it is like those of FFmpeg 8.0. */
  static byte[] request(String username, String password, boolean withPriority) {
    return request(username, password, withPriority, false);
  }

  /** A signed check that nominates its pair. */
  static byte[] nomination(String username, String password) {
    return request(username, password, true, true);
  }

  private static byte[] request(
      String username, String password, boolean withPriority, boolean nominates) {
    StunStack stack = new StunStack();
    stack
        .getCredentialsManager()
        .registerAuthority(
            new CredentialsAuthority() {
              @Override
              public byte[] getLocalKey(String name) {
                return password.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
              }

              @Override
              public byte[] getRemoteKey(String name, String media) {
                return getLocalKey(name);
              }

              @Override
              public boolean checkLocalUserName(String name) {
                return true;
              }
            });
    try {
      Request request = MessageFactory.createBindingRequest();
      request.setTransactionID(TransactionID.createNewTransactionID().getBytes());
      request.putAttribute(AttributeFactory.createUsernameAttribute(username));
      request.putAttribute(AttributeFactory.createIceControllingAttribute(1));
      if (withPriority) {
        request.putAttribute(AttributeFactory.createPriorityAttribute(1));
      }
      if (nominates) {
        request.putAttribute(AttributeFactory.createUseCandidateAttribute());
      }
      request.putAttribute(AttributeFactory.createMessageIntegrityAttribute(username));
      request.putAttribute(AttributeFactory.createFingerprintAttribute());
      return request.encode(stack);
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      stack.shutDown();
    }
  }

  static Message decode(byte[] bytes) throws Exception {
    return Message.decode(bytes, 0, bytes.length);
  }
}
