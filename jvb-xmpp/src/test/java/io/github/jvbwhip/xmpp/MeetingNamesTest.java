package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.impl.JidCreate;

class MeetingNamesTest {
  private static final String ID = "0123abcd-1111-4222-8333-444455556666";
  private static final MeetingNames ALL = names("conference.meet.test", true, true);

  private static MeetingNames names(String muc, boolean tenants, boolean breakouts) {
    return new MeetingNames(
        domain(muc),
        tenants,
        breakouts ? Optional.of(domain("breakout.meet.test")) : Optional.empty());
  }

  private static DomainBareJid domain(String name) {
    return JidCreate.domainBareFromOrThrowUnchecked(name);
  }

  @ParameterizedTest
  @CsvSource({
    "standup, standup@conference.meet.test, standup, '', ",
    "Stand-Up_1.a, stand-up_1.a@conference.meet.test, stand-up_1.a, '', ",
    "acme~standup, standup@conference.acme.meet.test, standup, acme, ",
    "ACME-1~a~b, a~b@conference.acme-1.meet.test, a~b, acme-1, ",
    "standup~~Group-1, standup@conference.meet.test, standup, '', group-1",
    "acme~standup~~group~1, standup@conference.acme.meet.test, standup, acme, group~1",
    "standup~~" + ID + ", " + ID + "@breakout.meet.test, standup, '', ",
    "acme~standup~~" + ID + ", " + ID + "@breakout.meet.test, standup, acme, ",
  })
  void a_room_is_a_meeting(String name, String jid, String room, String tenant, String breakout)
      throws Exception {
    MeetingAddress meeting = ALL.of(new RoomName(name));
    assertThat(meeting)
        .isEqualTo(
            new MeetingAddress(
                JidCreate.entityBareFrom(jid), room, tenant, Optional.ofNullable(breakout)));
    assertThat(ALL.hidesBreakout(new RoomName(name))).isEqualTo(breakout != null);
  }

  @ParameterizedTest
  @CsvSource({
    "a~b, false, false",
    "a~~b, false, false",
    "a~b, false, true",
  })
  void a_tilde_is_a_character_where_it_means_nothing(
      String name, boolean tenants, boolean breakouts) throws Exception {
    MeetingNames names = names("conference.meet.test", tenants, breakouts);
    assertThat(names.of(new RoomName(name)).jid().toString())
        .isEqualTo(name + "@conference.meet.test");
  }

  @ParameterizedTest
  @CsvSource({
    "~room, tenant",
    "acme~, no room",
    "acme.corp~room, tenant",
    "~~group, no room",
    "room~~, needs a name",
    "~, no room",
  })
  void a_name_that_no_meeting_can_have_is_told_why(String name, String word) {
    Throwable refusal = catchThrowable(() -> ALL.of(new RoomName(name)));
    assertThat(refusal).isInstanceOf(BridgeException.class).hasMessageContaining(word);
    assertThat(((BridgeException) refusal).reason()).isEqualTo(Reason.ROOM_NOT_FOUND);
  }

  @Test
  void a_server_whose_rooms_are_in_a_domain_of_one_label_has_no_tenants() {
    MeetingNames names = names("localhost", true, false);
    assertThat(catchThrowable(() -> names.of(new RoomName("acme~room"))))
        .hasMessageContaining("no tenants");
  }

  @ParameterizedTest
  @CsvSource({
    "standup@conference.meet.test, standup, ''",
    "standup@conference.acme.meet.test, standup, acme",
    ID + "@breakout.meet.test, " + ID + ", ''",
  })
  void a_conference_is_a_meeting(String name, String room, String tenant) throws Exception {
    assertThat(ALL.ofConference(name))
        .contains(
            new MeetingAddress(JidCreate.entityBareFrom(name), room, tenant, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "standup@conference.meet.example",
    "standup@conference.a.b.meet.test",
    "standup@other.meet.test",
    "nothing",
  })
  void others_conferences_are_none_of_its_meetings(String name) {
    assertThat(ALL.ofConference(name)).isEmpty();
  }
}
