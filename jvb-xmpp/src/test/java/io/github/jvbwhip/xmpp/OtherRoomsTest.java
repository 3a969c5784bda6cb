package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.jvb.host.Invitation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;

/** Publishers in rooms of tenants, and in breakout rooms. */
class OtherRoomsTest extends MeetingFixture {
  private static final String FIRST = "00000001-1111-4222-8333-444455556666";
  private static final String SECOND = "00000002-1111-4222-8333-444455556666";

  private Invitation join(String room) throws Exception {
    return join(Meeting.newcomer(room), ends);
  }

  private BridgeException refusal(String room) {
    return refusal(() -> meetings.join(Meeting.newcomer(room), ends));
  }

  private static EntityBareJid jid(String name) {
    return JidCreate.entityBareFromOrThrowUnchecked(name);
  }

  @Test
  void a_room_of_a_tenant_is_entered() throws Exception {
    EntityBareJid room = jid("tea@conference.acme.meet.test");
    focus.enter(room);
    try (Person guest = Person.join(prosody, room, "0badcafe");
        Person other = Person.join(prosody, Meeting.jid("tea"), "0badcafe")) {
      Invitation invitation = join("acme~tea");
      assertThat(invitation.conferenceName()).isEqualTo(room.toString());
      assertThat(meetings.conferenceName(new RoomName("ACME~tea"))).contains(room.toString());
      invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1)));
      assertThat(focus.next().getAction()).isEqualTo(JingleAction.SESSION_ACCEPT);
      Presence seen = guest.awaitPublisher();
      invitation.leave();
      guest.awaitLeft(seen.getFrom().asEntityFullJidOrThrow());
      assertThat(other.chat().getOccupants()).hasSize(1);
    }
  }

  @Test
  void a_breakout_room_is_entered_by_its_id() throws Exception {
    EntityBareJid room = jid(FIRST + "@breakout.meet.test");
    focus.enter(room);
    try (Person main = Person.join(prosody, Meeting.jid("split1"), "0badcafe");
        Person guest = Person.join(prosody, room, "0badcafe")) {
      assertThat(join("split1~~" + FIRST).conferenceName()).isEqualTo(room.toString());
      guest.awaitPublisher();
      assertThat(main.chat().getOccupants()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "acme~seen, seen@conference.acme.meet.test",
    "seen~~00000003-1111-4222-8333-444455556666,"
        + " 00000003-1111-4222-8333-444455556666@breakout.meet.test",
  })
  void a_room_of_either_kind_is_watched(String name, String jid) throws Exception {
    EntityBareJid room = jid(jid);
    focus.enter(room);
    String conference = meetings.conferenceName(new RoomName(name)).orElseThrow();
    try (Person guest = Person.join(prosody, room, "0badcafe")) {
      Audience audience =
          meetings.watch(conference, Optional.empty(), new Nobody()).get(30, TimeUnit.SECONDS);
      Presence seen = guest.awaitPublisher();
      assertThat(seen.getFrom().getResourceOrEmpty().toString()).isEqualTo(audience.endpointId());
      audience.leave();
      guest.awaitLeft(seen.getFrom().asEntityFullJidOrThrow());
    }
  }

  /** Hears nothing. */
  private static final class Nobody implements AudienceListener {
    @Override
    public void changed() {}

    @Override
    public void ended(EndReason reason, String detail) {}

    @Override
    public void removed(String detail) {}
  }

  @ParameterizedTest
  @CsvSource({"split2~~Breakout-Room-1", "acme~split2~~breakout-room-1"})
  void a_breakout_room_is_found_by_its_name(String name) throws Exception {
    EntityBareJid room = jid(FIRST + "@breakout.meet.test");
    EntityBareJid main =
        jid("split2@conference." + (name.contains("acme") ? "acme." : "") + "meet.test");
    focus.enter(room);
    try (Person left = Person.join(prosody, main, "0badcafe");
        Person guest = Person.join(prosody, room, "0badcafe")) {
      assertThat(meetings.conferenceName(new RoomName(name))).isEmpty();
      Invitation invitation = join(name);
      assertThat(invitation.conferenceName()).isEqualTo(room.toString());
      assertThat(meetings.conferenceName(new RoomName(name))).contains(room.toString());
      assertThat(guest.awaitPublisher().getFrom().getResourceOrEmpty().toString())
          .isEqualTo(invitation.endpointId());
      Presence gone =
          left.await("it leaves the main room", p -> p.getType() == Presence.Type.unavailable);
      assertThat(gone.getStatus()).isEqualTo("switch_room");
      invitation.leave();
      guest.await("it leaves", p -> p.getType() == Presence.Type.unavailable);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "split3~~nothing, no breakout room",
    "split3~~gruner-tisch, more than one",
    "whole~~nothing, no breakout rooms",
  })
  void a_breakout_room_that_is_not_there_is_told(String name, String word) throws Exception {
    EntityBareJid main = Meeting.jid(name.substring(0, name.indexOf('~')));
    try (Person left = Person.join(prosody, main, "0badcafe")) {
      BridgeException refusal = refusal(name);
      assertThat(refusal.reason()).isEqualTo(Reason.ROOM_NOT_FOUND);
      assertThat(refusal).hasMessageContaining(word);
      left.await("it leaves", p -> p.getType() == Presence.Type.unavailable);
    }
  }

  @Test
  void a_name_that_no_meeting_can_have_is_refused_at_once() {
    assertThat(refusal("~tea").reason()).isEqualTo(Reason.ROOM_NOT_FOUND);
    assertThat(meetings.conferenceName(new RoomName("~tea"))).isEqualTo(Optional.empty());
  }
}
