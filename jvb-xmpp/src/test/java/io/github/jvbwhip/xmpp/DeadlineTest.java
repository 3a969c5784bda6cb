package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.junit.jupiter.api.Test;

/** All that a publisher waits for has one time, and it is told what has not come in that. */
class DeadlineTest extends MeetingFixture {
  private static final Duration TIME = Duration.ofSeconds(3);

  /** What a busy machine takes besides; less than another {@link #TIME}. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final long start = System.nanoTime();

  private Duration passed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void assertMissed(MeetingSettings settings, String word) {
    try (XmppMeetings impatient = new XmppMeetings(settings)) {
      Duration before = passed();
      BridgeException refusal = refusal(impatient.join(Meeting.newcomer(room), ends));
      assertThat(passed().minus(before)).isLessThan(TIME.plus(SLACK));
      assertMissed(refusal, word);
    }
  }

  private static void assertMissed(BridgeException refusal, String word) {
    assertThat(refusal).hasMessageContaining(word);
    assertThat(refusal.reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refusal.retryAfter()).isPresent();
  }

  @Test
  void a_server_that_says_nothing_is_told() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      assertMissed(Meeting.settings(silent.getLocalPort(), TIME), "meeting server does not answer");
      assertMissed(
          Meeting.webSocket(
              URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/xmpp-websocket"),
              "meet.test",
              new XmppServer.SignIn.Anonymous(),
              TIME),
          "meeting server does not answer");
    }
  }

  @Test
  void a_server_that_hangs_after_the_sign_in_is_told() {
    try (CutLine line = CutLine.to(prosody.port())) {
      line.swallowAfter("<jid>");
      assertMissed(Meeting.settings(line.port(), TIME), "meeting server does not answer");
    }
  }

  @Test
  void a_focus_that_does_not_answer_is_told() {
    focus.answerNothing();
    assertMissed(Meeting.settings(prosody, TIME), "Who manages meetings (Jicofo) does not answer");
  }

  @Test
  void a_focus_that_invites_nobody_is_told() {
    focus.inviteNobody();
    assertMissed(Meeting.settings(prosody, TIME), "has no bridge, or nobody else is in it");
  }

  @Test
  void an_acceptance_has_only_what_is_left_of_the_time() throws Exception {
    focus.ignoreJingle();
    try (XmppMeetings impatient = new XmppMeetings(Meeting.settings(prosody, TIME))) {
      Duration before = passed();
      Invitation invitation =
          impatient.join(Meeting.newcomer(room), ends).get(30, TimeUnit.SECONDS);
      BridgeException refusal =
          catchThrowableOfType(
              BridgeException.class,
              () -> invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1))));
      assertThat(passed().minus(before)).isBetween(TIME.minus(SLACK), TIME.plus(SLACK));
      assertMissed(refusal, "has not taken this publisher's acceptance");
    }
  }

  @Test
  void who_has_waited_so_long_before_does_not_begin() {
    Newcomer obs = Meeting.newcomer(room);
    Newcomer late =
        new Newcomer(
            obs.room(), obs.stream(), obs.displayName(), obs.token(), obs.sending(), false, LIMIT);
    BridgeException refusal = refusal(meetings.join(late, ends));
    assertMissed(refusal, "Many publishers and players join meetings at the moment");
    assertThat(person.others()).isEmpty();
  }

  /** Those come when they come, and are waited for likewise. */
  @Test
  void sources_that_are_told_later_have_a_time_of_their_own() throws Exception {
    try (XmppMeetings impatient = new XmppMeetings(Meeting.settings(prosody, TIME))) {
      Invitation invitation =
          impatient.join(Meeting.newcomer(room), ends).get(30, TimeUnit.SECONDS);
      invitation.accept(Meeting.CLIENT, List.of());
      assertThat(focus.next().getAction()).isEqualTo(JingleAction.SESSION_ACCEPT);
      focus.ignoreJingle();
      Duration before = passed();
      assertThat(invitation.setSources(List.of(Meeting.audio(invitation, 1)))).isPresent();
      assertThat(passed().minus(before)).isBetween(TIME.minusMillis(10), TIME.plus(SLACK));
    }
  }
}
