package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.sdp.Attribute.Msid;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.sdp.SourceAttribute.Ssrc;
import io.github.jvbwhip.core.sdp.SourceAttribute.SsrcGroup;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an answer to a player declares of the streams that it will get. */
class SentStreamsTest {
  private static final String PLAYER = Offers.PLAYER;

  @Test
  void every_ssrc_is_declared_with_its_name_and_group() throws Exception {
    SessionDescription answer =
        answer(
            new SentSource("0", 10, OptionalLong.empty(), "c@host/1"),
            new SentSource("1", 20, OptionalLong.of(21), "c@host/1"));
    assertThat(answer.media().get(0).all(Ssrc.class))
        .containsExactly(new Ssrc(10, "cname:c@host/1"), new Ssrc(10, "msid:c_host_1 audio-0"));
    assertThat(answer.media().get(1).all(Ssrc.class))
        .containsExactly(
            new Ssrc(20, "cname:c@host/1"),
            new Ssrc(20, "msid:c_host_1 video-1"),
            new Ssrc(21, "cname:c@host/1"),
            new Ssrc(21, "msid:c_host_1 video-1"));
    assertThat(answer.media().get(1).all(SsrcGroup.class))
        .containsExactly(new SsrcGroup("FID", List.of(20L, 21L)));
  }

  @Test
  void all_sections_are_in_one_stream_and_each_is_its_own_track() throws Exception {
    SessionDescription answer =
        answer(
            new SentSource("0", 10, OptionalLong.empty(), "c"),
            new SentSource("1", 20, OptionalLong.of(21), "c"));
    assertThat(answer.media().get(0).all(Msid.class))
        .containsExactly(new Msid("c", Optional.of("audio-0")));
    assertThat(answer.media().get(1).all(Msid.class))
        .containsExactly(new Msid("c", Optional.of("video-1")));
    assertThat(answer.write()).contains("a=msid-semantic: WMS *\r\n");
  }

  @Test
  void no_ssrc_is_declared_twice_in_the_answer_to_any_offer() throws Exception {
    for (String name : Fixtures.EGRESS_OFFERS) {
      Set<String> seen = new HashSet<>();
      Fixtures.egressAnswer(Fixtures.offer(name)).media().stream()
          .flatMap(section -> section.all(Ssrc.class).stream())
          .forEach(ssrc -> assertThat(seen.add(ssrc.ssrc() + ssrc.text())).isTrue());
      assertThat(seen).isNotEmpty();
    }
  }

  @Test
  void a_section_without_source_has_its_track_alone() throws Exception {
    SessionDescription answer = answer();
    assertThat(answer.media().get(0).all(Ssrc.class)).isEmpty();
    assertThat(answer.media().get(0).all(Msid.class))
        .containsExactly(new Msid("stream", Optional.of("audio-0")));
  }

  @Test
  void identifiers_are_short_tokens_whatever_the_names() throws Exception {
    String mid = "{m/1}" + "x".repeat(100);
    SessionDescription offer =
        Fixtures.parse(
            PLAYER.replace("mid:1", "mid:" + mid).replace("BUNDLE 0 1", "BUNDLE 0 " + mid));
    Msid msid = Fixtures.egressAnswer(offer).media().get(1).first(Msid.class).orElseThrow();
    assertThat(msid.track().orElseThrow()).hasSize(64).startsWith("video-_m_1_xxx");
  }

  @Test
  void what_is_allowed_in_an_identifier_is_kept() throws Exception {
    String mid = "azAZ09-_.+";
    SessionDescription offer =
        Fixtures.parse(
            PLAYER.replace("mid:1", "mid:" + mid).replace("BUNDLE 0 1", "BUNDLE 0 " + mid));
    Msid msid = Fixtures.egressAnswer(offer).media().get(1).first(Msid.class).orElseThrow();
    assertThat(msid.track()).contains("video-azAZ09-_.+");
  }

  private static SessionDescription answer(SentSource... sources) throws NegotiationException {
    EgressPlan plan =
        Negotiation.planEgress(
            Fixtures.parse(PLAYER), Fixtures.EVERYTHING, NegotiationRules.LENIENT, List.of());
    return Negotiation.answer(plan, Fixtures.LOCAL, List.of(sources), 1);
  }
}
