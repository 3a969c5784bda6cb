package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answered header extensions are a strict subset of the offered ones. */
class ExtensionSelectionTest {
  private static final String MID = HeaderExtensionType.MID.uri();
  private static final String RID = HeaderExtensionType.RID.uri();
  private static final String CODEC = "a=rtpmap:96 VP8/90000";

  @ParameterizedTest
  @ValueSource(strings = {"chromium-whip", "chromium-whip-simulcast", "obs", "ffmpeg"})
  void nothing_is_answered_that_was_not_offered(String name) throws Exception {
    SessionDescription offer = Fixtures.offer(name);
    SessionDescription answer = Fixtures.ingestAnswer(offer);
    for (int i = 0; i < offer.media().size(); i++) {
      List<ExtMap> offered = offer.media().get(i).all(ExtMap.class);
      assertThat(offered).containsAll(answer.media().get(i).all(ExtMap.class));
    }
  }

  @Test
  void what_is_not_understood_is_dropped() throws Exception {
    MediaDescription video =
        Fixtures.ingestAnswer(Fixtures.offer("chromium-whip-simulcast")).media().get(1);
    assertThat(video.all(ExtMap.class))
        .extracting(ExtMap::id)
        .containsExactly(2, 13, 3, 4, 10, 11, 12, 9);
  }

  @Test
  void what_the_bridge_does_not_read_is_dropped() throws Exception {
    MediaCapabilities all = Fixtures.EVERYTHING;
    MediaCapabilities few =
        new MediaCapabilities(
            all.audioCodecs(),
            all.videoCodecs(),
            true,
            Set.of(),
            Set.of(),
            EnumSet.of(HeaderExtensionType.MID),
            Set.of(),
            true);
    IngestPlan plan =
        Negotiation.planIngest(Fixtures.offer("chromium-whip"), few, NegotiationRules.LENIENT);
    assertThat(plan.media().get(1).extensions())
        .containsExactly(new NegotiatedExtension(4, HeaderExtensionType.MID));
  }

  @Test
  void directions_are_turned_round() throws Exception {
    assertThat(lines("a=extmap:1/sendonly " + MID)).containsExactly("1/recvonly");
    assertThat(lines("a=extmap:1/sendrecv " + MID)).containsExactly("1/sendrecv");
    assertThat(lines("a=extmap:1 " + MID)).containsExactly("1");
  }

  @Test
  void what_the_publisher_does_not_send_is_dropped() throws Exception {
    assertThat(lines("a=extmap:1/recvonly " + MID, "a=extmap:2/inactive " + RID)).isEmpty();
  }

  @Test
  void ids_above_fourteen_need_mixed_headers() throws Exception {
    assertThat(lines("a=extmap:15 " + MID, "a=extmap:14 " + RID)).containsExactly("14");
    assertThat(lines("a=extmap-allow-mixed", "a=extmap:255 " + MID, "a=extmap:256 " + RID))
        .containsExactly("255");
  }

  @Test
  void mixed_headers_are_answered_where_offered() throws Exception {
    assertThat(Fixtures.ingestAnswer(Fixtures.offer("chromium-whip")).write())
        .contains("a=extmap-allow-mixed\r\n");
    assertThat(Fixtures.ingestAnswer(Fixtures.offer("obs")).write())
        .doesNotContain("a=extmap-allow-mixed");
  }

  @Test
  void an_extension_under_two_ids_is_answered_once() throws Exception {
    assertThat(lines("a=extmap:1 " + MID, "a=extmap:2 " + MID)).containsExactly("1");
  }

  @Test
  void an_id_for_two_extensions_is_answered_for_the_first() throws Exception {
    assertThat(lines("a=extmap:1 " + MID, "a=extmap:1 " + RID)).containsExactly("1");
  }

  /** The id and direction of each extension in the answer to a video section with those lines. */
  private static List<String> lines(String... lines) throws NegotiationException {
    SessionDescription offer = Offers.video("96", CODEC + "\n" + String.join("\n", lines));
    return Fixtures.ingestAnswer(offer).media().get(0).all(ExtMap.class).stream()
        .map(line -> line.id() + line.direction().map(d -> "/" + d.token()).orElse(""))
        .toList();
  }
}
