package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.sdp.Attribute.Group;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data channel beside a publisher's media is refused alone, leniently (RFC 3264 §6). */
class OtherSectionsTest {
  private static final String DATA = Offers.DATA;

  @Test
  void chromiums_is_answered_with_port_0_in_its_place() throws Exception {
    SessionDescription answer = Fixtures.ingestAnswer(Fixtures.offer("chromium-whip-data-channel"));
    assertThat(answer.media())
        .extracting(MediaDescription::media)
        .containsExactly("audio", "video", "application");
    MediaDescription refused = answer.media().get(2);
    assertThat(refused.port()).isZero();
    assertThat(refused.mid()).contains("2");
    assertThat(refused.protocol()).isEqualTo("UDP/DTLS/SCTP");
    assertThat(refused.formats()).containsExactly("webrtc-datachannel");
    assertThat(answer.all(Group.class)).containsExactly(new Group(Group.BUNDLE, List.of("0", "1")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void it_may_stand_anywhere(int position) throws Exception {
    List<String> sections = new ArrayList<>(List.of(Offers.AUDIO, Offers.VIDEO));
    sections.add(position, DATA);
    for (String group : List.of("BUNDLE 0 1 2", "BUNDLE 2 1 0", "BUNDLE 1 2 0")) {
      String offer = Offers.HEAD + "a=group:" + group + "\n" + String.join("", sections);
      IngestPlan plan = plan(offer);
      assertThat(plan.media()).extracting(IngestMedia::mid).containsExactly("0", "1");
      SessionDescription answer = Negotiation.answer(plan, Fixtures.LOCAL, 1);
      assertThat(answer.media().get(position).port()).isZero();
      assertThat(answer.first(Group.class).orElseThrow().mids())
          .containsExactlyElementsOf(
              List.of(group.replace("BUNDLE ", "").replace("2 ", "").replace(" 2", "").split(" ")));
    }
  }

  @Test
  void it_need_not_be_in_the_group() throws Exception {
    assertThat(plan(Offers.PUBLISHER + DATA).media()).hasSize(2);
    assertThat(plan(Offers.HEAD + Offers.VIDEO + DATA).media()).hasSize(1);
  }

  /** Some clients write the candidates of the bundled transport into the first section alone. */
  @Test
  void its_candidates_are_those_of_the_transport_that_it_shares() throws Exception {
    String candidate = "a=candidate:1 1 udp 1 192.0.2.1 5000 typ host\n";
    String offer = Offers.HEAD + "a=group:BUNDLE 2 0\n" + DATA + candidate + Offers.AUDIO;
    assertThat(plan(offer).remote().candidates())
        .extracting(IceCandidate::address)
        .containsExactly("192.0.2.1");
    String another = offer.replaceFirst("ice-ufrag:abcd", "ice-ufrag:other");
    assertThat(plan(another).remote().candidates()).isEmpty();
  }

  private static IngestPlan plan(String offer) throws NegotiationException {
    return Negotiation.planIngest(
        Fixtures.parse(offer), Fixtures.EVERYTHING, NegotiationRules.LENIENT);
  }
}
