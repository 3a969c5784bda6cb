package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jitsi.xmpp.extensions.jingle.Reason;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

class JingleRequestsTest {
  private static final UUID STREAMS = new UUID(1, 2);

  private final JingleRequests requests =
      new JingleRequests(
          JidCreate.entityFullFromOrThrowUnchecked("r@muc.test/focus"),
          JidCreate.entityFullFromOrThrowUnchecked("r@muc.test/0badcafe"),
          "sid1",
          JidCreate.entityFullFromOrThrowUnchecked("focus@auth.test/focus"),
          true,
          STREAMS);

  private static SourcePlan video(SourcePlan.Encoding... encodings) {
    return new SourcePlan(MediaKind.VIDEO, "0badcafe-v0", List.of(encodings));
  }

  private static SourcePlan.Encoding encoding(long ssrc, long rtx) {
    return new SourcePlan.Encoding(ssrc, rtx == 0 ? OptionalLong.empty() : OptionalLong.of(rtx));
  }

  @Test
  void encodings_and_their_retransmissions_are_grouped() {
    assertThat(xml(requests.add(List.of(video(encoding(1, 11), encoding(2, 12))))))
        .contains(
            "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='SIM'>"
                + "<source ssrc='1'/>"
                + "<source ssrc='2'/></ssrc-group>")
        .contains(
            "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='FID'>"
                + "<source ssrc='1'/>"
                + "<source ssrc='11'/></ssrc-group>")
        .contains("videoType='desktop'")
        .contains("value='0badcafe-v0 " + STREAMS + "'");
  }

  @Test
  void one_encoding_is_in_no_group() {
    assertThat(xml(requests.add(List.of(video(encoding(1, 0)))))).doesNotContain("ssrc-group");
  }

  @Test
  void only_the_kinds_that_change_are_named() {
    assertThat(xml(requests.remove(List.of(video(encoding(1, 0))))))
        .contains("action='source-remove'")
        .contains("name='video'")
        .doesNotContain("name='audio'");
  }

  @Test
  void an_acceptance_names_both_sides_and_both_kinds() {
    assertThat(xml(requests.accept(Meeting.CLIENT, List.of())))
        .contains("action='session-accept'")
        .contains("initiator='focus@auth.test/focus'")
        .contains("responder='r@muc.test/0badcafe'")
        .contains("name='audio'")
        .contains("<initial-last-n xmlns='jitsi:colibri2' value='0'/>")
        .contains("setup='active'");
  }

  /** The bridge would begin DTLS anew. */
  @Test
  void an_update_of_the_transport_tells_no_role() {
    assertThat(xml(requests.update(Meeting.CLIENT)))
        .contains("action='transport-info'")
        .contains("initiator='focus@auth.test/focus'")
        .contains("ufrag='" + Meeting.CLIENT.credentials().ufrag() + "'")
        .doesNotContain("setup=");
  }

  @Test
  void a_restart_asks_to_be_invited_anew() {
    assertThat(xml(requests.restart("bridge1")))
        .contains("action='session-terminate'")
        .contains("id='bridge1'")
        .contains("restart='true'");
    assertThat(xml(requests.terminate(Reason.SUCCESS))).contains("<success");
  }

  private static String xml(org.jivesoftware.smack.packet.IQ iq) {
    return iq.toXML().toString();
  }
}
