package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the agent that a STUN message is for: a request by the user name fragment, once its
 * integrity is proven; a response by the transaction that it answers. Anything else, and whatever a
 * stranger makes up, ends here, without an answer. Thread-safe.
 */
final class StunRouter {

  /** An ICE agent that can be asked. */
  interface Agent {
    /** The password that a request to this agent is signed with. */
    byte[] password();

    /** Takes an authentic binding request. */
    void onRequest(MediaSocket socket, StunMessage request, InetSocketAddress from);
  }

  /** Whoever sends checks. */
  interface Asker {
    /** Takes the response to a check, not known to be authentic. */
    void onResponse(StunMessage response, InetSocketAddress from, long nanoTime);
  }

  private final Map<String, Agent> agents = new ConcurrentHashMap<>();
  private final Map<TransactionId, Asker> expected = new ConcurrentHashMap<>();

  void register(String ufrag, Agent agent) {
    agents.put(ufrag, agent);
  }

  void unregister(String ufrag) {
    agents.remove(ufrag);
  }

  /** From now on, the response to that transaction goes to that asker. */
  void expect(TransactionId id, Asker asker) {
    expected.put(id, asker);
  }

  void forget(TransactionId id) {
    expected.remove(id);
  }

  /** How many transactions are unanswered. */
  int unanswered() {
    return expected.size();
  }

  /**
   * Routes a message.
   *
   * @return false when it is nobody's
   */
  boolean route(
      MediaSocket socket,
      byte[] buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nanoTime) {
    StunMessage message = StunMessage.parse(buffer, offset, length);
    if (message == null) {
      return false;
    }
    return switch (message.type()) {
      case StunMessage.BINDING_REQUEST -> routeRequest(socket, message, from);
      case StunMessage.BINDING_SUCCESS, StunMessage.BINDING_ERROR -> {
        Asker asker = expected.get(message.transactionId());
        if (asker != null) {
          asker.onResponse(message, from, nanoTime);
        }
        yield asker != null;
      }
      default -> false;
    };
  }

  private boolean routeRequest(MediaSocket socket, StunMessage request, InetSocketAddress from) {
    String ufrag = request.localUfrag();
    Agent agent = ufrag == null ? null : agents.get(ufrag);
    if (agent == null) {
      return false;
    }
    byte[] password = agent.password();
    if (!request.isAuthentic(password)) {
      return false;
    }
    InetSocketAddress local = socket.localAddress();
    agent.onRequest(
        socket, request.repaired(local.getAddress().getAddress(), local.getPort(), password), from);
    return true;
  }
}
