package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.xmpp.Meeting.Ends;
import java.time.Duration;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A publisher that comes back has its own place, and nobody sees it go. */
@RequiresProsody
@Timeout(60)
class ComebackTest {
  private static final Predicate<Presence> LEAVES =
      seen -> seen.getType() == Presence.Type.unavailable;

  private static Prosody prosody;

  private final Ends ends = new Ends();
  private final Ends endsAgain = new Ends();
  private String room;
  private ScriptedFocus focus;
  private Person person;
  private XmppMeetings meetings;

  @BeforeAll
  static void startServer() {
    prosody = Prosody.start();
  }

  @AfterAll
  static void stopServer() {
    prosody.close();
  }

  @BeforeEach
  void open(TestInfo test) throws Exception {
    room = "comeback" + Integer.toHexString(test.getDisplayName().hashCode());
    focus = ScriptedFocus.start(prosody);
    focus.enter(Meeting.jid(room));
    meetings = new XmppMeetings(Meeting.settings(prosody, Duration.ofSeconds(20)));
    person = Person.join(prosody, Meeting.jid(room), "0badcafe");
  }

  @AfterEach
  void close() {
    // Each of them, whatever becomes of the others.
    try (ScriptedFocus manager = focus;
        XmppMeetings all = meetings) {
      person.close();
    }
  }

  private CompletableFuture<Invitation> joining(Newcomer newcomer, Ends whose) {
    return meetings.join(newcomer, whose);
  }

  private Invitation join(Newcomer newcomer, Ends whose) throws Exception {
    Invitation invitation = joining(newcomer, whose).get(30, TimeUnit.SECONDS);
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
    Invitation before = join(named("one"), ends);
    String sid = next(JingleAction.SESSION_ACCEPT).getSID();
    before.giveWay();
    Invitation after = join(named("two"), endsAgain);

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
    focus.mute(Meeting.occupant(room, after), new MuteIq(), true);
    person.awaitUnless(
        "muted sound", seen -> Person.text(seen, "SourceInfo").contains("\"muted\":true"), LEAVES);
    after.leave();
    person.awaitLeft(Meeting.occupant(room, after));
    assertThat(ends.none()).isTrue();
    assertThat(endsAgain.none()).isTrue();
  }

  @Test
  void what_ends_the_participant_is_told_to_who_has_come_last() throws Exception {
    Invitation before = join(named("one"), ends);
    before.giveWay();
    Invitation after = join(named("one"), endsAgain);
    focus
        .enter(Meeting.jid(room))
        .kickParticipant(Meeting.occupant(room, after).getResourcepart(), "enough");
    assertThat(endsAgain.next()).contains("removed it from the meeting");
    assertThat(ends.none()).isTrue();
  }

  @Test
  void who_does_not_come_back_has_left() throws Exception {
    Invitation invitation = join(named("one"), ends);
    invitation.giveWay();
    person.awaitLeft(Meeting.occupant(room, invitation));
    assertThat(ends.none()).isTrue();
    Invitation later = join(named("one"), endsAgain);
    assertThat(later.endpointId()).isNotEqualTo(invitation.endpointId());
  }

  @Test
  void nobody_else_gets_its_place() throws Exception {
    Invitation invitation = join(named("one"), ends);
    invitation.giveWay();
    Invitation other =
        join(Meeting.newcomer(room, "slides", Optional.empty(), Optional.empty()), endsAgain);
    assertThat(other.endpointId()).isNotEqualTo(invitation.endpointId());
    Invitation stranger =
        join(Meeting.newcomer(room, "obs", Optional.empty(), Optional.of("another")), endsAgain);
    assertThat(stranger.endpointId()).isNotEqualTo(invitation.endpointId());
    focus.enter(Meeting.jid(room + "other"));
    try (Person elsewhere = Person.join(prosody, Meeting.jid(room + "other"), "0badcafe")) {
      assertThat(elsewhere.chat().isJoined()).isTrue();
      Invitation invited = join(Meeting.newcomer(room + "other"), endsAgain);
      assertThat(invited.endpointId()).isNotEqualTo(invitation.endpointId());
    }
    person.awaitLeft(Meeting.occupant(room, invitation));
  }

  /** Who manages conferences invites nobody anew too often. */
  @Test
  void who_is_not_invited_anew_joins_again() throws Exception {
    Invitation before = join(named("one"), ends);
    before.giveWay();
    focus.refuseJingle(StanzaError.Condition.resource_constraint);
    CompletableFuture<Invitation> joining = joining(named("one"), endsAgain);
    person.awaitLeft(Meeting.occupant(room, before));
    Invitation after = joining.get(30, TimeUnit.SECONDS);
    assertThat(after.endpointId()).isNotEqualTo(before.endpointId());
    seenAs("one");
    assertThat(endsAgain.none()).isTrue();
  }

  @Test
  void who_comes_back_and_gives_up_leaves_nothing() throws Exception {
    Invitation before = join(named("one"), ends);
    before.giveWay();
    focus.inviteNobody();
    CompletableFuture<Invitation> joining = joining(named("one"), endsAgain);
    joining.cancel(false);
    person.awaitLeft(Meeting.occupant(room, before));
    assertThat(catchThrowable(joining::join)).isNotNull();
  }
}
