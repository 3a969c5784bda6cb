package io.github.jvbwhip.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.PeerContract;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are no good: forged tokens, smuggled and slow requests, guessed URLs. */
@Timeout(180)
abstract class BadRequestsContract extends PeerContract {
  private static final Rs256Keys KEYS = new Rs256Keys();

  static final Map<String, ?> SETTINGS =
      Map.of(
          "videobridge.whip.auth.jwt.public-key", KEYS.file(),
          "videobridge.whip.rate-limit.requests-per-second", 20,
          "videobridge.whip.rate-limit.burst", 300);

  private static final OfferSpec PUBLISHER = OfferSpec.publisher(Codec.VP8);
  private static final int SLOW_CLIENTS = 150;
  private static final int GUESSES = 1000;
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: here\r\n\r\n";

  private Reply publishWith(String room, String token) {
    TestPeer peer = peer(PeerOptions.defaults());
    return peer.connect(
        server().whip(room, "main"), PUBLISHER, Map.of("Authorization", "Bearer " + token));
  }

  private RawClient from(String address) {
    return new RawClient(server().uri(), address);
  }

  private record Forged(String name, String token, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Forged> forged() {
    Duration hour = Duration.ofHours(1);
    String good = KEYS.token("mine");
    String[] parts = good.split("\\.", 3);
    return List.of(
        new Forged("alg none", KEYS.unsigned("mine"), 401),
        new Forged("signed by another key", new Rs256Keys().token("mine"), 401),
        new Forged("public key as a secret", KEYS.confused("mine"), 401),
        new Forged("expired", KEYS.token("mine", hour.multipliedBy(-2), hour.negated()), 401),
        new Forged("not good yet", KEYS.token("mine", hour, hour.multipliedBy(2)), 401),
        new Forged("for another room", KEYS.token("yours"), 403),
        new Forged("without its signature", parts[0] + "." + parts[1] + ".", 401),
        new Forged("one part", parts[0], 401),
        new Forged("signed, and changed", parts[0] + "." + parts[1] + "A." + parts[2], 401),
        new Forged("no token at all", "...", 401),
        new Forged("64 KiB", good + "A".repeat(65_536), 431));
  }

  @ParameterizedTest
  @MethodSource("forged")
  void a_token_that_is_no_good_opens_nothing(Forged forged) throws Exception {
    String response =
        from("127.0.0.4")
            .request(
                "POST",
                "/whip/mine/main",
                "Content-Type: application/sdp\r\nAuthorization: Bearer " + forged.token() + "\r\n",
                "");
    assertThat(RawClient.status(response)).as(response).isEqualTo(forged.status());
    assertThat(response).doesNotContain(forged.token());
    assertThat(response.contains("\r\nWWW-Authenticate: Bearer"))
        .isEqualTo(forged.status() == 401 || forged.status() == 403);
    assertThat(publishWith("mine", KEYS.token("mine")).status()).isEqualTo(201);
  }

  /** Whatever a proxy in front takes for the body, nothing in it is taken for a request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nContent-Length: LENGTH\r\n\r\n",
        "Content-Length: LENGTH\r\nContent-Length: 0\r\n\r\n",
        "Content-Length: 0, LENGTH\r\n\r\n",
        "Content-Length: +LENGTH\r\n\r\n",
        "Content-Length: 0x0\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length : 0\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Content-Length: LENGTH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: LENGTH\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        "X: a\r\n Content-Length: 0\r\n\r\n",
        "X: a\r\n\tTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "X: a\rContent-Length: 0\r\n\r\n",
        "X: a\u0000b\r\nContent-Length: 0\r\n\r\n",
        "Host: there\r\nContent-Length: 0\r\n\r\n",
      })
  void a_request_within_another_one_is_not_answered(String ambiguous) throws Exception {
    String head = "POST /whip/mine/main HTTP/1.1\r\nHost: here\r\n";
    String fields = ambiguous.replace("LENGTH", String.valueOf(SMUGGLED.length()));
    String response = from("127.0.0.5").exchange(head + fields + SMUGGLED);
    assertThat(RawClient.status(response)).as(response).isIn(400, 501);
    assertThat(response.split("HTTP/1\\.1 ", -1)).as(response).hasSize(2);
  }

  /** RFC 9112 §2.2. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: LENGTH\n\n", "X: a\nContent-Length: LENGTH\nX: b\r\n\n"})
  void a_lone_line_feed_ends_a_line_everywhere(String fields) throws Exception {
    String request =
        "POST /whip/mine/main HTTP/1.1\nHost: here\nConnection: close\n"
            + fields.replace("LENGTH", String.valueOf(SMUGGLED.length()))
            + SMUGGLED;
    String response = from("127.0.0.5").exchange(request);
    assertThat(RawClient.status(response)).as(response).isEqualTo(401);
    assertThat(response.split("HTTP/1\\.1 ", -1)).as(response).hasSize(2);
  }

  @Test
  void those_that_send_heads_byte_by_byte_keep_no_other_out() throws Exception {
    dripUntilClosed("POST /whip/mine/main HTTP/1.1\r\nHost: here\r\nX-Long: ");
  }

  @Test
  void those_that_send_bodies_byte_by_byte_keep_no_other_out() throws Exception {
    dripUntilClosed(
        "POST /whip/mine/main HTTP/1.1\r\nHost: here\r\nContent-Type: application/sdp\r\n"
            + "Authorization: Bearer "
            + KEYS.token("mine")
            + "\r\nContent-Length: 100000\r\n\r\nv=0\r\n");
  }

  /** Others are answered all along, and get in. */
  private void dripUntilClosed(String beginning) throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        Socket socket = from("127.0.0.6").connect();
        slow.add(socket);
        RawClient.write(socket, beginning);
        socket.setSoTimeout(1);
      }
      URI endpoint = server().uri().resolve("whep/mine");
      TestPeer other = peer(PeerOptions.defaults());
      other.connect(
          server().whip("mine", "other"),
          PUBLISHER,
          Map.of("Authorization", "Bearer " + KEYS.token("mine")));
      other.awaitConnected(SOON);
      List<Socket> left = new ArrayList<>(slow);
      while (!left.isEmpty()) { // Until the test's time is over.
        left.removeIf(BadRequestsContract::isOver);
        assertThat(HttpSignalling.send("GET", endpoint, null, null, Map.of()).status())
            .isEqualTo(200);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static boolean isOver(Socket socket) {
    try {
      RawClient.write(socket, "a");
      int first = socket.getInputStream().read();
      return first < 0 || first == 'H'; // "HTTP/1.1 408"
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void guessed_urls_of_sessions_are_nothing_and_guessing_is_slow() throws Exception {
    TestPeer publisher = peer(PeerOptions.defaults());
    Reply reply =
        publisher.connect(
            server().whip("mine", "guarded"),
            PUBLISHER,
            Map.of("Authorization", "Bearer " + KEYS.token("mine")));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    publisher.awaitConnected(SOON);
    String path = reply.location().orElseThrow().getPath();
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    RawClient guesser = from("127.0.0.7");
    Set<String> answers = new HashSet<>();
    int limited = 0;
    for (String guess : guesses(path.substring(folder.length()))) {
      for (String method : List.of("GET", "DELETE")) {
        String response = guesser.request(method, folder + guess, "", "");
        if (RawClient.status(response) == 429) {
          assertThat(response).containsIgnoringCase("\r\nRetry-After: ");
          limited++;
        } else {
          assertThat(RawClient.status(response)).as(response).isEqualTo(404);
          answers.add(response.substring(response.indexOf("\r\n\r\n")));
        }
      }
    }
    assertThat(answers).hasSize(1);
    // On a slow machine these were not fast enough.
    for (int round = 0; limited == 0 && round < 20; round++) {
      limited +=
          (int)
              IntStream.range(0, 200)
                  .parallel()
                  .filter(i -> isLimited(guesser, folder + "x" + i))
                  .count();
    }
    assertThat(limited).isPositive();
    assertThat(publisher.isClosedByRemote()).isFalse();
    assertThat(publisher.hangUp().status()).isEqualTo(200);
  }

  private static boolean isLimited(RawClient client, String path) {
    try {
      return RawClient.status(client.request("GET", path, "", "")) == 429;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Near misses of a secret first, then others of its length. */
  private static List<String> guesses(String secret) {
    List<String> guesses = new ArrayList<>();
    guesses.add(secret.substring(1));
    guesses.add(secret.substring(0, secret.length() - 1));
    guesses.add(secret + "A");
    guesses.add(secret + "=");
    for (int i = 0; i < secret.length(); i++) {
      char other = secret.charAt(i) == 'A' ? 'B' : 'A';
      guesses.add(secret.substring(0, i) + other + secret.substring(i + 1));
    }
    Random random = new Random(1);
    byte[] bytes = new byte[24];
    while (guesses.size() < GUESSES / 2) {
      random.nextBytes(bytes);
      guesses.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return guesses;
  }
}
