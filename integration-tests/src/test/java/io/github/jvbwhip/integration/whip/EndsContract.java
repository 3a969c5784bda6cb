package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 9725 §4.2: how sessions end without DELETE, and what is known of them then. */
abstract class EndsContract extends WhipContract {
  static final Map<String, ?> SETTINGS = Map.of("videobridge.whip.media-timeout", "3 seconds");

  private TestPeer publishMedia() {
    TestPeer peer = publish(PeerOptions.defaults(), PUBLISHER);
    peer.audio().start();
    peer.video(VideoSettings.defaults()).start();
    await("the room is told", this::isListed);
    return peer;
  }

  private boolean isListed() {
    return get(server().uri().resolve("api/rooms")).body().contains(room());
  }

  private String endOf(TestPeer peer) {
    URI session = peer.session().orElseThrow();
    await("the session is gone", () -> get(session).status() == 404);
    String reason = assertProblem(get(session), ProblemType.SESSION_ENDED);
    await("the room is told", () -> !isListed());
    assertThat(HttpSignalling.delete(session, Map.of()).status()).isEqualTo(200);
    return reason;
  }

  @Test
  void section_4_2_a_client_that_closes_dtls_has_left() {
    TestPeer peer = publishMedia();
    peer.close();
    assertThat(endOf(peer)).startsWith("The client closed DTLS.");
  }

  @Test
  void section_4_2_a_publisher_that_sends_nothing_is_ended() {
    TestPeer peer = publish(PeerOptions.defaults().withoutReports(), PUBLISHER);
    assertThat(endOf(peer)).startsWith("No media came for too long.");
    peer.awaitClosedByRemote(SOON);
  }

  /** Which comes first, the end of media or the end of consent, is the bridge's business. */
  @Test
  void section_4_2_a_client_that_crashes_is_noticed() {
    TestPeer peer = publishMedia();
    peer.abandon();
    assertThat(endOf(peer))
        .matches(
            "(No media came for too long|The client no longer answered ICE consent checks|"
                + "The bridge expired its endpoint)\\..*");
  }

  @Test
  void section_4_2_a_stream_is_free_again_at_once() {
    TestPeer first = publishMedia();
    first.close();
    endOf(first);
    assertThat(publishMedia().isConnected()).isTrue();
  }
}
