package io.github.jvbwhip.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SdpTest {
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void reads_what_the_documents_print(Protocol protocol) {
    Sdp offer = Sdp.parse(Offers.printed(protocol));
    assertThat(offer.bundle()).containsExactly("0", "1");
    assertThat(offer.iceOptions()).containsExactly("ice2", "trickle");
    assertThat(offer.sections()).extracting(Sdp.Section::kind).containsExactly("audio", "video");
    assertThat(offer.sections())
        .allMatch(section -> section.direction().equals(protocol.clientDirection()))
        .noneMatch(Sdp.Section::isRejected);
    assertThat(offer.tagged().mid()).isEqualTo("0");
    assertThat(offer.sections().get(1).formats()).containsExactly("96", "97");
  }

  @Test
  void takes_from_the_session_what_a_section_does_not_say() {
    Sdp sdp = Sdp.parse("v=0\na=setup:active\na=inactive\nm=audio 0 RTP/SAVPF 0\na=mid:a\n");
    Sdp.Section section = sdp.sections().get(0);
    assertThat(section.value("setup")).contains("active");
    assertThat(section.direction()).isEqualTo("inactive");
    assertThat(section.isRejected()).isTrue();
    assertThat(sdp.bundle()).isEmpty();
    assertThat(sdp.tagged()).isEqualTo(section);
  }

  @Test
  void fragments_name_the_tagged_section_alone() {
    Sdp offer = Sdp.parse(Offers.basic(Protocol.WHIP));
    Sdp fragment = Sdp.parse(Fragments.trickle(offer, List.of(Fragments.UDP), true));
    assertThat(fragment.sections()).hasSize(1);
    assertThat(fragment.tagged().mid()).isEqualTo("0");
    assertThat(fragment.tagged().value("ice-ufrag")).isEqualTo(offer.tagged().value("ice-ufrag"));
    assertThat(fragment.tagged().values("candidate")).containsExactly(Fragments.UDP);
    assertThat(fragment.tagged().has("end-of-candidates")).isTrue();
  }
}
