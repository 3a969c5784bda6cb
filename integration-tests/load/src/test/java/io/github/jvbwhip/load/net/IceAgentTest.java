package io.github.jvbwhip.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Two agents, and a network and a clock that the test has in its hands. */
class IceAgentTest {
  private static final long MILLI = 1_000_000;
  private static final InetSocketAddress NOWHERE = new InetSocketAddress("192.0.2.99", 9);

  private record Datagram(Side to, byte[] bytes, InetSocketAddress from) {}

  private final Queue<Datagram> wire = new ArrayDeque<>();
  private final Side client = new Side("192.0.2.1", 1);
  private final Side server = new Side("192.0.2.2", 2);
  private Predicate<Side> lost = to -> false;
  private long now = 1;

  private final class Side implements IceAgent.Listener {
    private final InetSocketAddress address;
    private final IceAgent agent;
    private final List<InetSocketAddress> connected = new ArrayList<>();
    private int consentLost;

    Side(String host, int port) {
      address = new InetSocketAddress(host, port);
      agent = new IceAgent(this::send, this, new Random(port));
    }

    private void send(byte[] bytes, InetSocketAddress to) {
      for (Side side : List.of(client, server)) {
        if (side.address.equals(to) && !lost.test(side)) {
          wire.add(new Datagram(side, bytes, address));
        }
      }
    }

    @Override
    public void connected(InetSocketAddress remote) {
      connected.add(remote);
    }

    @Override
    public void consentLost() {
      consentLost++;
    }

    void start(Side other, boolean offerer, InetSocketAddress... candidates) {
      agent.start(
          other.agent.ufrag(), other.agent.password(), offerer, false, List.of(candidates), now);
    }
  }

  private void run(long millis) {
    for (long until = now + millis * MILLI; now < until; now += 10 * MILLI) {
      for (Datagram next = wire.poll(); next != null; next = wire.poll()) {
        next.to.agent.received(next.bytes, next.bytes.length, next.from, now);
      }
      client.agent.tick(now);
      server.agent.tick(now);
    }
  }

  @Test
  void both_sides_agree_on_a_pair_that_works() {
    server.start(client, false, client.address);
    client.start(server, true, NOWHERE, server.address);
    run(500);
    assertThat(client.connected).containsExactly(server.address);
    assertThat(server.connected).containsExactly(client.address);
  }

  @Test
  void checks_that_come_before_the_answer_are_answered_too() {
    server.start(client, false, client.address);
    run(50);
    client.start(server, true, server.address);
    run(500);
    assertThat(client.connected).containsExactly(server.address);
    assertThat(server.connected).containsExactly(client.address);
  }

  @Test
  void an_address_that_was_not_told_is_learnt_from_its_checks() {
    server.start(client, false);
    client.start(server, true, server.address);
    run(500);
    assertThat(client.connected).containsExactly(server.address);
    assertThat(server.connected).containsExactly(client.address);
  }

  @Test
  void lost_checks_are_sent_again() {
    Random random = new Random(5);
    lost = to -> random.nextInt(100) < 40;
    server.start(client, false, client.address);
    client.start(server, true, server.address);
    run(5000);
    assertThat(client.connected).containsExactly(server.address);
    assertThat(server.connected).containsExactly(client.address);
  }

  @Test
  void somebody_with_another_password_gets_no_answer() {
    client.agent.start(server.agent.ufrag(), "wrong", true, false, List.of(server.address), now);
    server.start(client, false);
    run(2000);
    assertThat(client.connected).isEmpty();
    assertThat(server.connected).isEmpty();
    assertThat(client.agent.progress()).isEqualTo("no check was answered of 1 candidates");
  }

  @Test
  void consent_lasts_as_long_as_the_other_side_answers() {
    server.start(client, false, client.address);
    client.start(server, true, server.address);
    run(120_000);
    assertThat(client.consentLost).isZero();
    lost = to -> to == client;
    run(20_000);
    assertThat(client.consentLost).isZero();
    run(25_000);
    assertThat(client.consentLost).isEqualTo(1);
  }
}
