package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** What the contracts of WHIP share: a room for each test, and sessions that end with it. */
abstract class WhipContract {
  static final Duration SOON = Duration.ofSeconds(30);
  static final OfferSpec PUBLISHER = OfferSpec.publisher(Codec.VP8);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<TestPeer> peers = new ArrayList<>();
  private final List<URI> sessions = new ArrayList<>();
  private String room = "";

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  /** What each request carries. */
  Map<String, String> credentials() {
    return Map.of();
  }

  @BeforeEach
  void chooseRoom(TestInfo info) {
    room = "room-" + Integer.toHexString(info.getDisplayName().hashCode());
  }

  @AfterEach
  void endSessions() {
    sessions.forEach(session -> HttpSignalling.delete(session, credentials()));
    peers.forEach(TestPeer::close);
  }

  final String room() {
    return room;
  }

  final URI endpoint(String stream) {
    return server().whip(room, stream);
  }

  final TestPeer peer(PeerOptions options) {
    TestPeer peer = TestPeer.open(options);
    peers.add(peer);
    return peer;
  }

  /** A publisher that is connected. */
  final TestPeer publish(PeerOptions options, OfferSpec offer) {
    TestPeer peer = peer(options);
    created(peer.connect(endpoint("main"), offer, credentials()));
    peer.awaitConnected(SOON);
    return peer;
  }

  /** A POST of an offer that nobody will connect for. */
  final Reply post(URI endpoint, String offer) {
    Reply reply = HttpSignalling.post(endpoint, offer, credentials());
    if (reply.status() == 201) {
      sessions.add(reply.location().orElseThrow());
    }
    return reply;
  }

  /** The same, answered with 201. */
  final Reply created(URI endpoint, String offer) {
    return created(post(endpoint, offer));
  }

  final Reply created(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    sessions.add(reply.location().orElseThrow());
    return reply;
  }

  static Reply get(URI uri) {
    return HttpSignalling.send("GET", uri, null, null, Map.of());
  }

  /** The reply is that problem (RFC 9457); gives its detail. */
  static String assertProblem(Reply reply, ProblemType type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(type.status());
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
    try {
      JsonNode document = JSON.readTree(reply.body());
      assertThat(document.path("type").asText()).isEqualTo(type.uri());
      assertThat(document.path("status").asInt()).isEqualTo(type.status());
      assertThat(document.path("detail").asText()).isNotBlank();
      return document.path("detail").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(reply.body(), e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, SOON, condition);
  }

  static void await(String what, Duration patience, BooleanSupplier condition) {
    new Signal().await(what, patience, condition, () -> "");
  }

  /** A text among the samples of {@code core}: offers of clients, bodies of the standard. */
  static String sample(String path) {
    try (InputStream in = WhipContract.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The standard's own offer. */
  static String rfcOffer() {
    return sample("/offers/rfc9725-example.sdp");
  }

  /** An offer with one change, which has to be one. */
  static String changed(String offer, String from, String to) {
    String result = offer.replace(from, to);
    assertThat(result).isNotEqualTo(offer);
    return result;
  }
}
