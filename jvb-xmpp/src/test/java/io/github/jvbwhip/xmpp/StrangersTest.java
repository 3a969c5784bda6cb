package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.host.Invitation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.Reason;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.StanzaCollector;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;

/** Those who want what only the focus may, and are not it. */
class StrangersTest extends MeetingFixture {
  private enum Wish {
    MUTE_SOUND,
    MUTE_PICTURE,
    END,
    INVITE
  }

  /** From the person to the publisher. */
  private IQ request(Wish wish, EntityFullJid publisher, String sid) {
    return switch (wish) {
      case MUTE_SOUND -> ScriptedFocus.muting(publisher, new MuteIq(), true);
      case MUTE_PICTURE -> ScriptedFocus.muting(publisher, new MuteVideoIq(), true);
      case END -> ScriptedFocus.ending(publisher, sid, Reason.EXPIRED);
      case INVITE -> focus.offer(publisher);
    };
  }

  private static void assertIsRefused(Wish wish, Person stranger, IQ request, Jid to)
      throws Exception {
    request.setTo(to);
    try (StanzaCollector answers = stranger.connection().createStanzaCollectorAndSend(request)) {
      IQ answer = answers.nextResult(20_000);
      assertThat(answer).isNotNull();
      switch (wish) {
        case MUTE_SOUND, MUTE_PICTURE ->
            assertThat(answer.getError().getCondition()).isEqualTo(StanzaError.Condition.forbidden);
        case END ->
            assertThat(answer.getError().getCondition())
                .isEqualTo(StanzaError.Condition.item_not_found);
        case INVITE -> {
          JingleIQ declined = stranger.next(((JingleIQ) request).getSID());
          assertThat(declined.getAction()).isEqualTo(JingleAction.SESSION_TERMINATE);
          assertThat(declined.getReason().getReason()).isEqualTo(Reason.DECLINE);
        }
      }
    }
  }

  /** In the room, and past it: where a room shows accounts, anybody can write to them. */
  @ParameterizedTest
  @CsvSource({
    "MUTE_SOUND, false", "MUTE_PICTURE, false", "END, false", "INVITE, false",
    "MUTE_SOUND, true", "MUTE_PICTURE, true", "END, true", "INVITE, true"
  })
  void another_occupant_is_not_obeyed(Wish wish, boolean pastTheRoom) throws Exception {
    Invitation invitation = join();
    invitation.accept(
        Meeting.CLIENT, List.of(Meeting.audio(invitation, 1), Meeting.video(invitation, 0, 10)));
    String sid = focus.next().getSID();
    EntityFullJid who = occupant(invitation);
    person.awaitPublisher();

    assertIsRefused(
        wish,
        person,
        request(wish, who, sid),
        pastTheRoom ? person.chat().getOccupant(who).getJid() : who);

    // Who may is obeyed, and that is all that the others see.
    AbstractMuteIq other = wish == Wish.MUTE_SOUND ? new MuteVideoIq() : new MuteIq();
    focus.mute(who, other, true);
    Presence seen = person.await("the next of it", presence -> presence.getFrom().equals(who));
    String soundMuted = Boolean.toString(other instanceof MuteIq);
    String pictureMuted = Boolean.toString(other instanceof MuteVideoIq);
    assertThat(Person.text(seen, "SourceInfo"))
        .contains("-a0\":{\"muted\":" + soundMuted)
        .contains("-v0\":{\"muted\":" + pictureMuted);
    assertThat(ends.none()).isTrue();
  }

  /** Whoever is called focus, and is not the account that manages conferences. */
  @ParameterizedTest
  @EnumSource(Wish.class)
  void who_imitates_the_focus_is_not_obeyed(Wish wish) throws Exception {
    String other = room + "other";
    try (Person imitator = Person.join(prosody, Meeting.jid(other), "focus")) {
      focus.answerReadyWithoutEntering();
      CompletableFuture<Invitation> joining = meetings.join(Meeting.newcomer(other), ends);
      EntityFullJid who = imitator.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      assertIsRefused(wish, imitator, request(wish, who, "any"), who);
      assertThat(joining).isNotDone();
    }
  }
}
