package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One server sends all new sessions to another one, RFC 9725 §4.5. */
abstract class RedirectContract extends WhipContract {
  private static final String TOKEN = "s3same";
  private static final Map<String, String> AUTHORIZATION =
      Map.of("Authorization", "Bearer " + TOKEN);

  /** For the server that takes the sessions. */
  static final Map<String, ?> TARGET_SETTINGS =
      Map.of(
          "videobridge.whip.auth.tokens", List.of(TOKEN),
          "videobridge.whep.auth.tokens", List.of(TOKEN));

  /** For the server that sends them on. */
  static Map<String, ?> settings(ServerUnderTest target) {
    return Map.of(
        "videobridge.whip.auth.tokens", List.of(TOKEN),
        "videobridge.whip.redirect.when", "always",
        "videobridge.whip.redirect.targets", List.of(target.uri().resolve("/whip").toString()),
        "videobridge.whep.auth.tokens", List.of(TOKEN),
        "videobridge.whep.redirect.when", "always",
        "videobridge.whep.redirect.targets", List.of(target.uri().resolve("/whep").toString()));
  }

  /** Where {@link #server} sends to. */
  abstract ServerUnderTest target();

  @Override
  Map<String, String> credentials() {
    return AUTHORIZATION;
  }

  @Test
  void section_4_5_a_redirect_keeps_the_path_and_the_query() throws Exception {
    URI asked = URI.create(endpoint("main") + "?a=1&b=%2F");
    HttpRequest request =
        HttpRequest.newBuilder(asked)
            .header("Content-Type", HttpSignalling.SDP)
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString(rfcOffer()))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(response.headers().firstValue("Location").orElseThrow())
        .startsWith(target().whip(room(), "main") + "?a=1&b=%2F&");
  }

  @Test
  void section_4_5_publisher_and_player_meet_where_they_are_sent() {
    TestPeer publisher = publish(PeerOptions.defaults(), PUBLISHER);
    publisher.video(VideoSettings.defaults()).start();
    TestPeer player = peer(PeerOptions.defaults());
    URI asked = server().whep(room(), "main");
    created(player.connect(asked, OfferSpec.player(Codec.VP8), AUTHORIZATION));
    player.awaitConnected(SOON);
    player.awaitKeyframes(1, SOON);

    for (TestPeer peer : List.of(publisher, player)) {
      URI session = peer.session().orElseThrow();
      assertThat(session.getAuthority()).isEqualTo(target().uri().getAuthority());
    }
  }

  @Test
  void section_4_5_who_was_sent_here_is_not_sent_on() {
    Reply reply = post(URI.create(endpoint("main") + "?redirected=1"), rfcOffer());
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    assertThat(reply.location().orElseThrow().getAuthority())
        .isEqualTo(server().uri().getAuthority());
  }
}
