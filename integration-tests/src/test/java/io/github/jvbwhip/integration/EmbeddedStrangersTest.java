package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send offers and nothing else: what they cost, and whom they keep out. */
@Timeout(120)
class EmbeddedStrangersTest {
  private static final Path BROWSERS_OFFER =
      Path.of("../core/src/test/resources/large/chromium-whep-16.sdp");
  private static final int SECTIONS = 32;
  private static final int POSTS = 200;
  private static final int MOST_BYTES = 48 * 1024;

  @Test
  void a_session_that_nothing_follows_keeps_little_memory_and_no_thread() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.start(
                Map.of(
                    "videobridge.whep.max-connecting-per-address", 0,
                    "videobridge.whep.rate-limit.requests-per-second", 0));
        TestPeer publisher = TestPeer.open(PeerOptions.defaults())) {
      publisher.connect(server.whip("room", "main"), OfferSpec.publisher(Codec.VP8));
      publisher.awaitConnected(PeerContract.SOON);
      String offer = largeOffer();
      postAll(server, offer, 20);
      int threads = Thread.activeCount();
      long before = used();

      postAll(server, offer, POSTS);

      assertThat((used() - before) / POSTS).isLessThan(MOST_BYTES);
      assertThat(Thread.activeCount()).isLessThan(threads + POSTS / 4);
    }
  }

  @Test
  void one_address_that_only_posts_keeps_no_other_out() {
    try (EmbeddedServer server =
            EmbeddedServer.start(
                Map.of(
                    "standalone.max-sessions",
                    80,
                    "videobridge.whip.auth.mode",
                    "none",
                    "videobridge.whep.auth.mode",
                    "none",
                    "videobridge.whip.trusted-proxies",
                    List.of("127.0.0.1")));
        TestPeer publisher = TestPeer.open(PeerOptions.defaults())) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String offer = publisher.offer(OfferSpec.publisher(Codec.VP8));
        statuses.add(
            HttpSignalling.post(
                    server.whip("room", "s" + i), offer, Map.of("X-Forwarded-For", "192.0.2.9"))
                .status());
      }
      assertThat(statuses.subList(0, 50)).containsOnly(201);
      assertThat(statuses.subList(50, 100)).containsOnly(429);

      try (TestPeer other = TestPeer.open(PeerOptions.defaults())) {
        Reply reply = other.connect(server.whip("room", "other"), OfferSpec.publisher(Codec.VP8));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        other.awaitConnected(PeerContract.SOON);
      }
    }
  }

  private static void postAll(EmbeddedServer server, String offer, int count) {
    for (int i = 0; i < count; i++) {
      Reply reply = HttpSignalling.post(server.whep("room", "main"), offer, Map.of());
      assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }
  }

  /** A browser's, with its last video m-section again and again. */
  private static String largeOffer() throws IOException {
    String offer = Files.readString(BROWSERS_OFFER);
    String last = offer.substring(offer.lastIndexOf("m=video"));
    StringBuilder mids = new StringBuilder();
    StringBuilder more = new StringBuilder();
    for (int mid = 16; mid < SECTIONS; mid++) {
      mids.append(' ').append(mid);
      more.append(last.replace("a=mid:15", "a=mid:" + mid));
    }
    return offer.replace(" 14 15", " 14 15" + mids) + more;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      System.runFinalization();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
