package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9725 as most servers will run it: what real clients need is taken. */
abstract class LenientContract extends WhipContract {
  static final String SECRET = "shared with the TURN server";
  static final String PAGE = "https://live.example.org";

  static final Map<String, ?> SETTINGS =
      Map.of(
          "videobridge.whip.body-limit",
          "16 KiB",
          "videobridge.whip.max-sessions-per-room",
          2,
          "videobridge.whip.tombstone-time",
          "10 seconds",
          "videobridge.whip.media-timeout",
          "0 seconds",
          "videobridge.whip.cors.allowed-origins",
          List.of(PAGE),
          "videobridge.whip.ice-servers",
          List.of(
              Map.of("urls", List.of("stun:stun.example.net")),
              Map.of(
                  "urls",
                  List.of("turn:turn.example.net?transport=udp"),
                  "secret",
                  SECRET,
                  "time-to-live",
                  "1 hour")));

  /** Offers that differ from the usual one, as those of real clients do. */
  enum Deviation {
    NO_MSID {
      @Override
      String apply(String offer) {
        return offer.replaceAll("a=(msid:|ssrc:\\d+ msid:).*\r\n", "");
      }
    },
    MIDS_THAT_ARE_NO_NUMBERS {
      @Override
      String apply(String offer) {
        return offer
            .replace("a=mid:0\r\n", "a=mid:audio0\r\n")
            .replace("a=mid:1\r\n", "a=mid:video1\r\n")
            .replace("BUNDLE 0 1\r\n", "BUNDLE audio0 video1\r\n");
      }
    },
    BUNDLE_ONLY_WITH_PORT_0 {
      @Override
      String apply(String offer) {
        return offer
            .replace("m=video 9 ", "m=video 0 ")
            .replace("a=mid:1\r\n", "a=mid:1\r\na=bundle-only\r\n");
      }
    },
    PORT_0_ALONE {
      @Override
      String apply(String offer) {
        return offer.replace("m=video 9 ", "m=video 0 ");
      }
    },
    TRANSPORT_AT_THE_SESSION_LEVEL {
      @Override
      String apply(String offer) {
        Pattern lines = Pattern.compile("a=(ice-ufrag|ice-pwd|fingerprint|setup):.*\r\n");
        Matcher matcher = lines.matcher(offer.substring(0, offer.indexOf("m=video")));
        StringBuilder moved = new StringBuilder();
        matcher.results().forEach(result -> moved.append(result.group()));
        return lines.matcher(offer).replaceAll("").replaceFirst("(?=m=audio)", moved.toString());
      }
    },
    RTCP_MUX_ONLY {
      @Override
      String apply(String offer) {
        return offer.replace("a=rtcp-mux\r\n", "a=rtcp-mux-only\r\n");
      }
    },
    LIP_SYNC_GROUP {
      @Override
      String apply(String offer) {
        return offer.replaceFirst("(?=a=group:BUNDLE)", "a=group:LS 0 1\r\n");
      }
    },
    UNKNOWN_ATTRIBUTES {
      @Override
      String apply(String offer) {
        return offer
            .replaceFirst("(?=a=group:BUNDLE)", "a=x-tool:7 of 9\r\na=x-flag\r\n")
            .replace("a=mid:1\r\n", "a=mid:1\r\na=x-section:b\r\n");
      }
    },
    OPUS_WITHOUT_CHANNELS {
      @Override
      String apply(String offer) {
        return offer.replace("opus/48000/2", "OPUS/48000");
      }
    };

    abstract String apply(String offer);
  }

  @Test
  void section_4_2_a_post_is_answered_with_location_strong_etag_and_exact_type() {
    Reply reply = created(endpoint("main"), rfcOffer());

    assertThat(reply.header("Location").orElseThrow()).matches("/whip/sessions/[A-Za-z0-9_-]{32}");
    assertThat(reply.header("ETag").orElseThrow()).matches("\"[^\"]+\"");
    assertThat(reply.header("Content-Type")).contains("application/sdp");
    assertThat(reply.body()).startsWith("v=0\r\n");
  }

  @ParameterizedTest
  @CsvSource({"actpass, passive|active", "active, passive", "passive, active"})
  void section_4_4_4_each_setup_gets_its_counterpart_and_connects(String offered, String answers) {
    TestPeer peer = publish(PeerOptions.defaults(), PUBLISHER.withSetup(offered));
    assertThat(peer.remoteDescription().bundled().setup()).matches(answers);
  }

  @ParameterizedTest
  @EnumSource(Deviation.class)
  void section_4_4_what_clients_do_otherwise_is_taken(Deviation deviation) {
    OfferSpec offer =
        PUBLISHER.edited(
            text -> {
              String other = deviation.apply(text);
              assertThat(other).isNotEqualTo(text);
              return other;
            });
    assertThat(publish(PeerOptions.defaults(), offer).isConnected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "obs",
        "obs-simulcast",
        "ffmpeg",
        "gstreamer-simple-whip-client",
        "gstreamer-webrtcbin-h264",
        "gstreamer-webrtcbin-vp8",
        "chromium-whip",
        "chromium-whip-data-channel",
        "chromium-whip-simulcast",
        "webrtc-java-whip",
        "webrtc-java-whip-simulcast",
        "rfc9725-example"
      })
  void section_4_2_what_clients_sent_is_answered(String name) {
    String offer = sample("/offers/" + name + ".sdp");
    String answer = created(endpoint("main"), offer).body();

    assertThat(answer.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8192);
    assertThat(answer.lines().filter(line -> line.startsWith("m=")))
        .hasSameSizeAs(offer.lines().filter(line -> line.startsWith("m=")).toList());
    String first =
        answer.lines().filter(l -> l.startsWith("a=candidate:")).findFirst().orElseThrow();
    assertThat(first)
        .matches("a=candidate:\\S+ 1 udp \\d+ \\d+\\.\\d+\\.\\d+\\.\\d+ \\d+ typ host.*");
    offer
        .lines()
        .filter(line -> line.startsWith("a=simulcast:send "))
        .forEach(line -> assertThat(answer).contains(line.replace("send", "recv") + "\r\n"));
  }

  /** What of them is not understood is left out, and the rest is answered. */
  @ParameterizedTest
  @MethodSource("oddOffers")
  void section_4_2_what_browsers_would_take_is_answered(String name) {
    String answer = created(endpoint("main"), sample("/odd/" + name)).body();
    assertThat(answer).contains("m=audio 9 ", "m=video 9 ").contains("a=candidate:");
  }

  static List<String> oddOffers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../core/src/test/resources/odd"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sdp"))
          .sorted()
          .toList();
    }
  }

  /** The client's checks carry and are signed with them. */
  @Test
  void section_4_2_ice_credentials_that_browsers_take_connect() {
    TestPeer peer = publish(PeerOptions.defaults().withOddIceCredentials(), PUBLISHER);
    assertThat(peer.isConnected()).isTrue();
  }

  @Test
  void section_4_4_a_data_channel_is_refused_alone_and_the_rest_connects() {
    OfferSpec offer =
        PUBLISHER.edited(
            text ->
                changed(text, "BUNDLE 0 1", "BUNDLE 0 1 2")
                    + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
                    + "a=mid:2\r\na=sctp-port:5000\r\n");
    assertThat(publish(PeerOptions.defaults(), offer).isConnected()).isTrue();
  }

  @Test
  void section_4_3_2_the_standards_own_fragments_are_taken() {
    Reply reply = created(endpoint("main"), rfcOffer());
    URI session = reply.location().orElseThrow();
    Map<String, String> tag = Map.of("If-Match", reply.header("ETag").orElseThrow());

    String trickle = sample("/examples/rfc9725-trickle.sdpfrag");
    assertThat(HttpSignalling.patch(session, trickle, tag).status()).isEqualTo(204);
    String restart = sample("/examples/rfc9725-restart-request.sdpfrag");
    Reply restarted = HttpSignalling.patch(session, restart, Map.of("If-Match", "\"*\""));
    // Nobody has connected: a bridge may have nothing to restart yet.
    assertThat(restarted.status()).as(restarted.body()).isIn(200, 422);
    assertThat(get(session).status()).isEqualTo(204);
  }

  @Test
  void section_4_3_1_what_clients_say_of_the_entity_tag_is_understood() {
    Reply reply = created(endpoint("main"), rfcOffer());
    URI session = reply.location().orElseThrow();
    String tag = reply.header("ETag").orElseThrow();
    String trickle = sample("/examples/rfc9725-trickle.sdpfrag");

    List<Map<String, String>> understood =
        List.of(
            Map.of(),
            Map.of("ETag", tag),
            Map.of("If-Match", tag.replace("\"", "")),
            Map.of("If-Match", "\"other\", " + tag));
    for (Map<String, String> headers : understood) {
      assertThat(HttpSignalling.patch(session, trickle, headers).status())
          .as("%s", headers)
          .isEqualTo(204);
    }
    for (String other : List.of("\"other\"", "W/" + tag)) {
      assertProblem(
          HttpSignalling.patch(session, trickle, Map.of("If-Match", other)),
          ProblemType.PRECONDITION_FAILED);
    }
  }

  @Test
  void section_4_3_3_a_restart_that_is_refused_keeps_the_session() {
    TestPeer peer = peer(PeerOptions.defaults());
    String offer = peer.offer(PUBLISHER);
    Reply reply = created(endpoint("main"), offer);
    URI session = reply.location().orElseThrow();
    String fragment =
        "a=ice-ufrag:newu\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n";
    assertProblem(
        HttpSignalling.patch(session, fragment.formatted("short"), Map.of("If-Match", "*")),
        ProblemType.MALFORMED_FRAGMENT);
    assertProblem(
        HttpSignalling.patch(
            session,
            fragment.formatted("newpasswordnewpasswordnewp"),
            Map.of("If-Match", "\"of another time\"")),
        ProblemType.PRECONDITION_FAILED);

    peer.acceptAnswer(reply.body());
    peer.awaitConnected(SOON);
    assertThat(get(session).status()).isEqualTo(204);
  }

  @Test
  void section_4_2_delete_is_answered_again_for_a_while_and_unknown_later() {
    URI session = created(endpoint("main"), rfcOffer()).location().orElseThrow();
    Map<String, String> stale = Map.of("If-Match", "\"stale\"");

    assertThat(HttpSignalling.delete(session, stale).status()).isEqualTo(200);
    assertThat(HttpSignalling.delete(session, Map.of()).status()).isEqualTo(200);
    assertThat(assertProblem(get(session), ProblemType.SESSION_ENDED))
        .startsWith("The client ended it.");
    await("404", () -> HttpSignalling.delete(session, Map.of()).status() == 404);
    assertProblem(get(session), ProblemType.NOT_FOUND);
  }

  @Test
  void section_4_2_a_publisher_that_comes_back_takes_over() {
    TestPeer crashed = publish(PeerOptions.defaults(), PUBLISHER);
    URI old = crashed.session().orElseThrow();
    TestPeer back = publish(PeerOptions.defaults(), PUBLISHER);

    assertThat(assertProblem(get(old), ProblemType.SESSION_ENDED))
        .startsWith("Another publisher took over the stream.");
    assertThat(HttpSignalling.delete(old, Map.of()).status()).isEqualTo(200);
    assertThat(get(back.session().orElseThrow()).status()).isEqualTo(204);
  }

  @Test
  void section_4_5_too_many_sessions_are_told_when_to_come_back() {
    created(endpoint("one"), rfcOffer());
    created(endpoint("two"), rfcOffer());
    Reply refused = post(endpoint("three"), rfcOffer());

    assertProblem(refused, ProblemType.TOO_MANY_SESSIONS);
    assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9]\\d*");
  }

  @Test
  void section_4_2_pages_of_allowed_origins_may_call_and_read() {
    Map<String, String> preflight =
        Map.of(
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "PATCH",
            "Access-Control-Request-Headers",
            "content-type,if-match");
    Reply asked = HttpSignalling.send("OPTIONS", endpoint("main"), null, null, preflight);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.headers("Access-Control-Allow-Origin")).containsExactly(PAGE);
    assertThat(asked.header("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST", "PATCH", "DELETE");
    assertThat(asked.header("Access-Control-Allow-Headers").orElseThrow())
        .contains("Content-Type", "If-Match", "Authorization");
    assertThat(asked.header("Accept-Post")).contains("application/sdp");

    Reply refused = HttpSignalling.post(endpoint("main"), "no offer", Map.of("Origin", PAGE));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Access-Control-Expose-Headers").orElseThrow())
        .contains("Location", "ETag", "Link", "Retry-After", "Access-Control-Allow-Methods");

    Reply foreign =
        HttpSignalling.send(
            "OPTIONS", endpoint("main"), null, null, Map.of("Origin", "https://evil.example"));
    assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void section_4_6_turn_credentials_are_short_lived_and_signed() throws Exception {
    Reply reply = created(endpoint("main"), rfcOffer());
    assertTurn(reply.headers("Link"));

    Reply asked = HttpSignalling.send("OPTIONS", endpoint("main"), null, null, Map.of());
    assertTurn(asked.headers("Link"));
    Map<String, String> preflight = Map.of("Origin", PAGE, "Access-Control-Request-Method", "POST");
    Reply told = HttpSignalling.send("OPTIONS", endpoint("main"), null, null, preflight);
    assertThat(told.headers("Link")).isEmpty();
  }

  private static void assertTurn(List<String> links) throws GeneralSecurityException {
    assertThat(links).hasSize(2);
    assertThat(links.get(0)).isEqualTo("<stun:stun.example.net>; rel=\"ice-server\"");
    Matcher turn =
        Pattern.compile(
                "<turn:turn\\.example\\.net\\?transport=udp>; rel=\"ice-server\";"
                    + " username=\"((\\d+):[^\"]+)\"; credential=\"([^\"]+)\";"
                    + " credential-type=\"password\"")
            .matcher(links.get(1));
    assertThat(turn.matches()).as(links.get(1)).isTrue();
    Instant expiry = Instant.ofEpochSecond(Long.parseLong(turn.group(2)));
    assertThat(expiry).isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3601));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] signature = mac.doFinal(turn.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(turn.group(3)).isEqualTo(Base64.getEncoder().encodeToString(signature));
  }

  @Test
  void section_4_1_get_and_head_have_no_content_and_other_methods_are_not_allowed() {
    URI session = created(endpoint("main"), rfcOffer()).location().orElseThrow();
    for (URI uri : List.of(endpoint("main"), session)) {
      for (String method : List.of("GET", "HEAD")) {
        Reply reply = HttpSignalling.send(method, uri, null, null, Map.of());
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
      }
    }
    Reply put = HttpSignalling.send("PUT", endpoint("main"), null, null, Map.of());
    assertProblem(put, ProblemType.METHOD_NOT_ALLOWED);
    assertThat(put.header("Allow")).contains("OPTIONS, GET, HEAD, POST");
    Reply post = HttpSignalling.post(session, rfcOffer(), Map.of());
    assertProblem(post, ProblemType.METHOD_NOT_ALLOWED);
    assertThat(post.header("Allow")).contains("OPTIONS, GET, HEAD, PATCH, DELETE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SAVPF 111                       | SAVPF none                          | MALFORMED_SDP
          a=ice-pwd:                      | a=x-pwd:                            | MALFORMED_SDP
          a=sendonly                      | a=recvonly                          | WRONG_DIRECTION
          a=sendonly                      | a=inactive                          | WRONG_DIRECTION
          VP8/90000                       | THEORA/90000                        | NO_COMMON_CODEC
          UDP/TLS/RTP/SAVPF               | RTP/AVP                             | UNSUPPORTED_TRANSPORT
          a=extmap-allow-mixed            | a=ice-lite                          | UNSUPPORTED_ICE
          """)
  void section_4_4_an_offer_is_refused_whole_with_its_reason(
      String from, String to, ProblemType problem) {
    assertProblem(post(endpoint("main"), changed(rfcOffer(), from, to)), problem);
    assertThat(get(server().uri().resolve("api/rooms")).body()).doesNotContain(room());
  }

  @Test
  void section_4_2_other_types_and_large_bodies_are_refused() {
    Reply json = HttpSignalling.send("POST", endpoint("main"), "application/json", "{}", Map.of());
    assertProblem(json, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    String large = rfcOffer() + "a=x-padding:" + "x".repeat(20_000) + "\r\n";
    assertProblem(post(endpoint("main"), large), ProblemType.BODY_TOO_LARGE);
  }
}
