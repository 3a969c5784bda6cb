package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import io.github.jvbwhip.xmpp.Meeting.Ends;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.Test;

/** A publisher that comes back has its own place, and nobody sees it go. */
class ComebackTest extends MeetingFixture {
  private static final Predicate<Presence> LEAVES =
      seen -> seen.getType() == Presence.Type.unavailable;

  private final Ends endsAgain = new Ends();

  private CompletableFuture<Invitation> joining(Newcomer newcomer, Ends whose) {
    return meetings.join(newcomer, whose);
  }

  private Invitation publish(Newcomer newcomer, Ends whose) throws Exception {
    Invitation invitation = join(newcomer, whose);
    invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1)));
    return invitation;
  }

  private Newcomer named(String displayName) {
    return Meeting.newcomer(room, "obs", Optional.of(displayName), Optional.empty());
  }

  private JingleIQ next(JingleAction action) throws InterruptedException {
    JingleIQ next = focus.next();
    assertThat(next.getAction()).isEqualTo(action);
    return next;
  }

  /** Nothing but what it says anew was seen since. */
  private Presence seenAs(String displayName) throws InterruptedException {
    return person.awaitUnless(
        displayName,
        seen -> Person.displayName(seen).stream().anyMatch(displayName::equals),
        LEAVES);
  }

  @Test
  void it_is_the_same_occupant_at_another_endpoint() throws Exception {
    Invitation before = publish(named("one"), ends);
    String sid = next(JingleAction.SESSION_ACCEPT).getSID();
    before.giveWay();
    Invitation after = publish(named("two"), endsAgain);

    JingleIQ restart = next(JingleAction.SESSION_TERMINATE);
    assertThat(restart.getSID()).isEqualTo(sid);
    BridgeSessionPacketExtension session = restart.getExtension(BridgeSessionPacketExtension.class);
    assertThat(session.isRestart()).isTrue();
    assertThat(session.getId()).isEqualTo("bridge-session");
    assertThat(next(JingleAction.SESSION_ACCEPT).getSID()).isNotEqualTo(sid);
    assertThat(after.endpointId()).isEqualTo(before.endpointId());
    seenAs("one");
    assertThat(seenAs("two").getFrom().getResourceOrThrow().toString())
        .isEqualTo(after.endpointId());

    before.leave(); // Nobody's place any more.
    before.giveWay();
    focus.mute(occupant(after), new MuteIq(), true);
    person.awaitUnless(
        "muted sound", seen -> Person.text(seen, "SourceInfo").contains("\"muted\":true"), LEAVES);
    after.leave();
    person.awaitLeft(occupant(after));
    assertThat(ends.none()).isTrue();
    assertThat(endsAgain.none()).isTrue();
  }

  @Test
  void what_ends_the_participant_is_told_to_who_has_come_last() throws Exception {
    Invitation before = publish(named("one"), ends);
    before.giveWay();
    Invitation after = publish(named("one"), endsAgain);
    focus.enter(Meeting.jid(room)).kickParticipant(occupant(after).getResourcepart(), "enough");
    assertThat(endsAgain.next()).contains("removed it from the meeting");
    assertThat(ends.none()).isTrue();
  }

  @Test
  void whose_place_is_taken_away_is_told_so_while_it_is_away() throws Exception {
    Invitation invitation = join(named("one"), ends);
    invitation.giveWay();
    focus
        .enter(Meeting.jid(room))
        .kickParticipant(Meeting.occupant(room, invitation).getResourcepart(), "enough");
    assertThat(ends.next()).startsWith("removed: ");
  }

  @Test
  void who_comes_back_as_its_place_is_taken_away_is_told_so_at_once() throws Exception {
    CompletableFuture<CompletableFuture<Invitation>> back = new CompletableFuture<>();
    ParticipantListener hasty =
        new ParticipantListener() {
          @Override
          public void ended(EndReason reason, String detail) {}

          @Override
          public void removed(String meeting, String detail) {
            back.complete(joining(named("one"), endsAgain));
          }

          @Override
          public boolean isWelcome(String meeting) {
            return true;
          }
        };
    Invitation before = meetings.join(named("one"), hasty).get(30, TimeUnit.SECONDS);
    before.giveWay();
    focus.enter(Meeting.jid(room)).kickParticipant(occupant(before).getResourcepart(), "enough");
    BridgeException refusal = refusal(back.get(30, TimeUnit.SECONDS));
    assertThat(refusal.reason()).isEqualTo(BridgeException.Reason.FORBIDDEN);
    assertThat(person.others()).isEmpty();
  }

  @Test
  void who_does_not_come_back_has_left() throws Exception {
    Invitation invitation = publish(named("one"), ends);
    invitation.giveWay();
    person.awaitLeft(occupant(invitation));
    assertThat(ends.none()).isTrue();
    Invitation later = publish(named("one"), endsAgain);
    assertThat(later.endpointId()).isNotEqualTo(invitation.endpointId());
  }

  @Test
  void nobody_else_gets_its_place() throws Exception {
    Invitation invitation = publish(named("one"), ends);
    invitation.giveWay();
    Invitation other =
        publish(Meeting.newcomer(room, "slides", Optional.empty(), Optional.empty()), endsAgain);
    assertThat(other.endpointId()).isNotEqualTo(invitation.endpointId());
    Invitation stranger =
        publish(Meeting.newcomer(room, "obs", Optional.empty(), Optional.of("another")), endsAgain);
    assertThat(stranger.endpointId()).isNotEqualTo(invitation.endpointId());
    focus.enter(Meeting.jid(room + "other"));
    try (Person elsewhere = Person.join(prosody, Meeting.jid(room + "other"), "0badcafe")) {
      assertThat(elsewhere.chat().isJoined()).isTrue();
      Invitation invited = publish(Meeting.newcomer(room + "other"), endsAgain);
      assertThat(invited.endpointId()).isNotEqualTo(invitation.endpointId());
    }
    person.awaitLeft(occupant(invitation));
  }

  /** Who manages conferences invites nobody anew too often. */
  @Test
  void who_is_not_invited_anew_joins_again() throws Exception {
    Invitation before = publish(named("one"), ends);
    before.giveWay();
    focus.refuseJingle(StanzaError.Condition.resource_constraint);
    CompletableFuture<Invitation> joining = joining(named("one"), endsAgain);
    person.awaitLeft(occupant(before));
    Invitation after = joining.get(30, TimeUnit.SECONDS);
    assertThat(after.endpointId()).isNotEqualTo(before.endpointId());
    seenAs("one");
    assertThat(endsAgain.none()).isTrue();
  }

  @Test
  void who_comes_back_and_gives_up_leaves_nothing() throws Exception {
    Invitation before = publish(named("one"), ends);
    before.giveWay();
    focus.inviteNobody();
    CompletableFuture<Invitation> joining = joining(named("one"), endsAgain);
    joining.cancel(false);
    person.awaitLeft(occupant(before));
    assertThat(catchThrowable(joining::join)).isNotNull();
  }
}
