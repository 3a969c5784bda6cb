package io.github.jvbwhip.embedded.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.stun.PathFollower;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.threads.Await;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client with two addresses, of which ICE has selected the first. */
@Timeout(20)
class PathFollowerTest {
  private static final String OUR_PASSWORD = "ourpasswordof22chars__";
  private static final String THEIR_PASSWORD = "theirpasswordof22chars";
  private static final String USERNAME = "ours:theirs";
  private static final Duration LONG = Duration.ofSeconds(9);

  private static final int PATIENCE_MILLIS = 10_000;

  /** Longer than a path stays at least. */
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private final AtomicLong now = new AtomicLong(-7_000_000_000L);
  private final StunRouter router = new StunRouter();
  private final List<Object> heard = new CopyOnWriteArrayList<>();
  private UdpSocket socket;
  private DatagramSocket first;
  private DatagramSocket second;
  private PathFollower<MediaPath> follower;

  @BeforeEach
  void open() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    socket = UdpSocket.bind(loopback, 0, StunMessages.routing(router));
    socket.start();
    first = new DatagramSocket(0, loopback);
    second = new DatagramSocket(0, loopback);
    first.setSoTimeout(PATIENCE_MILLIS);
    second.setSoTimeout(PATIENCE_MILLIS);
    follower =
        new PathFollower<>(
            new Routed(), OUR_PASSWORD.getBytes(US_ASCII), now::get, new Recording());
    follower.begin(
        path(first),
        new PathFollower.Signature("theirs:ours", false, 5, THEIR_PASSWORD.getBytes(US_ASCII)));
  }

  @AfterEach
  void close() {
    socket.close();
    first.close();
    second.close();
  }

  private final class Routed implements PathFollower.Transactions {
    @Override
    public void expect(StunMessage.TransactionId id) {
      router.expect(
          id,
          (response, from, time) ->
              assertThat(
                      follower.onResponse(response, from.getAddress().getAddress(), from.getPort()))
                  .isTrue());
    }

    @Override
    public void forget(StunMessage.TransactionId id) {
      router.forget(id);
    }
  }

  private final class Recording implements PathFollower.Listener<MediaPath> {
    @Override
    public void onMoved(MediaPath path) {
      heard.add(path);
    }

    @Override
    public void onConsent() {
      heard.add("consent");
    }
  }

  private MediaPath path(DatagramSocket client) {
    return new MediaPath(socket, (InetSocketAddress) client.getLocalSocketAddress());
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private boolean check(DatagramSocket client, boolean nominates) {
    byte[] check =
        nominates
            ? StunMessages.nomination(USERNAME, OUR_PASSWORD)
            : StunMessages.request(USERNAME, OUR_PASSWORD, true);
    return follower.onCheck(path(client), StunMessage.parse(check, 0, check.length));
  }

  private static StunMessage receive(DatagramSocket client) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
    client.receive(packet);
    return StunMessage.parse(packet.getData(), 0, packet.getLength());
  }

  private void answer(DatagramSocket client, StunMessage check, String password) throws Exception {
    byte[] address = InetAddress.getLoopbackAddress().getAddress();
    byte[] success = check.asSuccess(address, 1, password.getBytes(US_ASCII)).bytes();
    client.send(new DatagramPacket(success, success.length, socket.localAddress()));
  }

  private void assertThatItIsAnswered(DatagramSocket client) throws Exception {
    StunMessage answer = receive(client);
    assertThat(answer.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(answer.isAuthentic(OUR_PASSWORD.getBytes(US_ASCII))).isTrue();
  }

  /** Checks from there, and answers the check that comes of it. */
  private void moveTo(DatagramSocket client, boolean nominates) throws Exception {
    check(client, nominates);
    assertThatItIsAnswered(client);
    StunMessage check = receive(client);
    assertThat(check.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(check.localUfrag()).isEqualTo("theirs");
    assertThat(check.isAuthentic(THEIR_PASSWORD.getBytes(US_ASCII))).isTrue();
    answer(client, check, THEIR_PASSWORD);
    Await.until("moved", () -> !heard.isEmpty());
    assertThat(heard).containsExactly(path(client));
    heard.clear();
  }

  @Test
  void checks_of_the_selected_path_are_answered() throws Exception {
    assertThat(check(first, true)).isTrue();
    assertThatItIsAnswered(first);
    assertThat(follower.isElsewhere()).isFalse();
    assertThat(router.unanswered()).isZero();
  }

  @Test
  void a_client_that_nominates_another_path_is_followed() throws Exception {
    pass(A_WHILE);
    check(first, true);

    moveTo(second, true);

    assertThat(follower.isElsewhere()).isTrue();
    assertThat(follower.roundTripMicros()).isPresent();
  }

  /** Browsers keep such, in case that the one in use fails. */
  @Test
  void a_path_that_is_only_checked_is_answered_and_nothing_else() throws Exception {
    for (int i = 0; i < 20; i++) {
      pass(A_WHILE);
      check(first, true);
      assertThat(check(second, false)).isTrue();
      assertThatItIsAnswered(second);
    }

    assertThat(router.unanswered()).isZero();
    assertThat(heard).isEmpty();
  }

  @Test
  void a_path_that_is_only_checked_is_taken_where_the_other_is_silent() throws Exception {
    pass(LONG);

    moveTo(second, false);
  }

  @Test
  void one_that_nominates_all_its_paths_does_not_make_media_jump() throws Exception {
    pass(A_WHILE);
    moveTo(second, true);

    check(first, true);
    check(second, true);
    check(first, true);

    assertThat(router.unanswered()).isZero();
    assertThat(follower.isElsewhere()).isTrue();
  }

  /** Who has overheard a check can send it again, from anywhere; but not answer. */
  @Test
  void nobody_is_followed_who_does_not_answer_authentically() throws Exception {
    pass(LONG);
    check(second, true);
    assertThatItIsAnswered(second);
    StunMessage check = receive(second);

    answer(second, check, OUR_PASSWORD);
    answer(first, check, THEIR_PASSWORD);
    check(second, false);
    assertThatItIsAnswered(second);

    assertThat(heard).isEmpty();
    assertThat(follower.isElsewhere()).isFalse();
  }

  @Test
  void a_client_that_has_moved_is_asked_for_its_consent() throws Exception {
    follower.askForConsent();
    assertThat(router.unanswered()).isZero();
    pass(A_WHILE);
    moveTo(second, true);

    follower.askForConsent();
    answer(second, receive(second), THEIR_PASSWORD);

    Await.until("consent", () -> heard.contains("consent"));
  }

  @Test
  void it_may_come_back() throws Exception {
    pass(A_WHILE);
    moveTo(second, true);
    pass(A_WHILE);

    assertThat(check(first, true)).isTrue();
    assertThatItIsAnswered(first);
    answer(first, receive(first), THEIR_PASSWORD);

    Await.until("moved", () -> !heard.isEmpty());
    assertThat(heard).containsExactly(path(first));
    assertThat(follower.isElsewhere()).isFalse();
  }

  @Test
  void what_waits_for_an_answer_is_bounded_and_ends() {
    for (int i = 0; i < 100; i++) {
      pass(LONG);
      check(second, true);
    }
    assertThat(router.unanswered()).isBetween(1, 8);

    follower.close();

    assertThat(router.unanswered()).isZero();
    pass(LONG);
    assertThat(check(second, true)).isFalse();
    assertThat(router.unanswered()).isZero();
  }
}
