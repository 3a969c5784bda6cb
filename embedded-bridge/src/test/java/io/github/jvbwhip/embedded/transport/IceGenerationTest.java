package io.github.jvbwhip.embedded.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.threads.Await;
import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.lang.reflect.Field;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidatePairState;
import org.ice4j.ice.CheckList;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;

class IceGenerationTest {
  private static final String REMOTE_PASSWORD = "theirpasswordof22chars";
  private static final int PATIENCE_MILLIS = 10_000;

  /**
   * As when the client's check comes while its answer to the bridge's own check is being worked on:
   * ice4j fails then, and would answer 500.
   */
  @Test
  void a_check_in_the_instant_of_an_answer_succeeds() throws Exception {
    StunRouter router = new StunRouter();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (UdpSocket socket = UdpSocket.bind(loopback, 0, StunMessages.routing(router));
        DatagramSocket client = new DatagramSocket(0, loopback)) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client.connect(socket.localAddress());
      socket.start();
      IceGeneration bridge =
          new IceGeneration(List.of(socket), router, Runnable::run, false, IceGeneration.IGNORANT);
      try {
        String username = bridge.credentials().ufrag() + ":theirs";
        bridge.start(new IceCredentials("theirs", REMOTE_PASSWORD));
        ask(client, StunMessages.request(username, bridge.credentials().pwd(), true));
        receive(client, StunMessage.BINDING_REQUEST); // and never answers it
        forgetTransaction(bridge);

        StunMessage answer =
            ask(client, StunMessages.request(username, bridge.credentials().pwd(), true));
        assertThat(answer.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(answer.isAuthentic(bridge.credentials().pwd().getBytes(US_ASCII))).isTrue();
        assertThat(mappedAddress(answer)).isEqualTo(client.getLocalSocketAddress());
      } finally {
        bridge.free();
      }
    }
  }

  /**
   * As when a check of the client comes between the answer to the bridge's own and the nomination:
   * ice4j forgets the pair then, and would answer 403 from three seconds later on.
   */
  @Test
  void a_check_in_the_instant_of_the_nomination_costs_no_consent() throws Exception {
    StunRouter router = new StunRouter();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (UdpSocket socket = UdpSocket.bind(loopback, 0, StunMessages.routing(router));
        DatagramSocket client = new DatagramSocket(0, loopback)) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client.connect(socket.localAddress());
      socket.start();
      IceGeneration bridge =
          new IceGeneration(List.of(socket), router, Runnable::run, false, IceGeneration.IGNORANT);
      try {
        String username = bridge.credentials().ufrag() + ":theirs";
        IceMediaStream stream = stream(bridge);
        stream.addPairChangeListener(new CheckAtNomination());
        bridge.start(new IceCredentials("theirs", REMOTE_PASSWORD));
        ask(client, StunMessages.nomination(username, bridge.credentials().pwd()));
        answer(client, receive(client, StunMessage.BINDING_REQUEST));
        Agent agent = stream.getParentAgent();
        Await.until("the end of ICE", () -> agent.getState() == IceProcessingState.TERMINATED);

        StunMessage answer =
            ask(client, StunMessages.request(username, bridge.credentials().pwd(), true));

        assertThat(answer.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
      } finally {
        bridge.free();
      }
    }
  }

  /** When all checks have failed, ice4j would give the agent up for good after five seconds. */
  @Test
  void a_client_that_answers_no_check_may_still_come() throws Exception {
    StunRouter router = new StunRouter();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (UdpSocket socket = UdpSocket.bind(loopback, 0, StunMessages.routing(router));
        DatagramSocket client = new DatagramSocket(0, loopback)) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client.connect(socket.localAddress());
      socket.start();
      IceGeneration bridge =
          new IceGeneration(List.of(socket), router, Runnable::run, false, IceGeneration.IGNORANT);
      try {
        String username = bridge.credentials().ufrag() + ":theirs";
        bridge.start(new IceCredentials("theirs", REMOTE_PASSWORD));
        ask(client, StunMessages.request(username, bridge.credentials().pwd(), true));
        receive(client, StunMessage.BINDING_REQUEST);
        CheckList checks = stream(bridge).getCheckList();
        checks.forEach(CandidatePair::setStateFailed);
        assertThat(checks.allChecksCompleted()).isFalse();

        ask(client, StunMessages.nomination(username, bridge.credentials().pwd()));
        answer(client, receive(client, StunMessage.BINDING_REQUEST));
        Component component = stream(bridge).getComponent(Component.RTP);
        Await.until("a selected pair", () -> component.getSelectedPair() != null);
      } finally {
        bridge.free();
      }
    }
  }

  /** Its threads may be about to send one; a check without a key is logged as a fault. */
  @Test
  void a_check_in_the_instant_of_the_end_can_be_signed() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (UdpSocket socket = UdpSocket.bind(loopback, 0, (s, buffer, length, from, now) -> {})) {
      IceGeneration bridge =
          new IceGeneration(
              List.of(socket), new StunRouter(), Runnable::run, false, IceGeneration.IGNORANT);
      bridge.start(new IceCredentials("theirs", REMOTE_PASSWORD));
      Agent agent = stream(bridge).getParentAgent();
      String username = agent.generateLocalUserName("media");
      bridge.free();

      assertThat(agent.getStunStack().getCredentialsManager().getRemoteKey(username, "media"))
          .isEqualTo(REMOTE_PASSWORD.getBytes(US_ASCII));
    }
  }

  /** What a check does that comes when the pair has just succeeded, before it is nominated. */
  private static final class CheckAtNomination implements PropertyChangeListener {
    private boolean came;

    @Override
    public void propertyChange(PropertyChangeEvent event) {
      if (event.getNewValue() == CandidatePairState.SUCCEEDED && !came) {
        came = true;
        ((CandidatePair) event.getSource()).setStateWaiting();
      }
    }
  }

  /** Sends a check and waits for its answer. */
  private static StunMessage ask(DatagramSocket client, byte[] check) throws Exception {
    client.send(new DatagramPacket(check, check.length));
    StunMessage asked = StunMessage.parse(check, 0, check.length);
    while (true) {
      StunMessage answer = receive(client, StunMessage.BINDING_SUCCESS, StunMessage.BINDING_ERROR);
      if (answer.transactionId().equals(asked.transactionId())) {
        return answer;
      }
    }
  }

  private static void answer(DatagramSocket client, StunMessage check) throws Exception {
    InetSocketAddress bridge = (InetSocketAddress) client.getRemoteSocketAddress();
    byte[] success =
        check
            .asSuccess(
                bridge.getAddress().getAddress(),
                bridge.getPort(),
                REMOTE_PASSWORD.getBytes(US_ASCII))
            .bytes();
    client.send(new DatagramPacket(success, success.length));
  }

  /** What ice4j has in that instant: a pair in progress, and no transaction. */
  private static void forgetTransaction(IceGeneration bridge) throws Exception {
    CandidatePair pair = stream(bridge).getCheckList().get(0);
    Await.until("a check under way", () -> pair.getConnectivityCheckTransaction() != null);
    assertThat(pair.getState()).isEqualTo(CandidatePairState.IN_PROGRESS);
    Field transaction = CandidatePair.class.getDeclaredField("connCheckTranID");
    transaction.setAccessible(true);
    transaction.set(pair, null);
  }

  private static IceMediaStream stream(IceGeneration bridge) throws Exception {
    Field field = IceGeneration.class.getDeclaredField("stream");
    field.setAccessible(true);
    return (IceMediaStream) field.get(bridge);
  }

  private static StunMessage receive(DatagramSocket client, Integer... types) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
    while (true) {
      client.receive(packet);
      StunMessage message = StunMessage.parse(packet.getData(), 0, packet.getLength());
      if (message != null && Arrays.asList(types).contains(message.type())) {
        return message;
      }
    }
  }

  private static InetSocketAddress mappedAddress(StunMessage response) throws Exception {
    Message decoded = StunMessages.decode(response.bytes());
    TransportAddress mapped =
        ((XorMappedAddressAttribute) decoded.getAttribute(Attribute.XOR_MAPPED_ADDRESS))
            .getAddress(decoded.getTransactionID());
    return new InetSocketAddress(mapped.getAddress(), mapped.getPort());
  }
}
