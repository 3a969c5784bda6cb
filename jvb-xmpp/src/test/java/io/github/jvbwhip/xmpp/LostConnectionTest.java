package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.xmpp.Meeting.Ends;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a participant whose connection to the XMPP server is lost. */
@RequiresProsody
@Timeout(90)
class LostConnectionTest {
  private static final String ROOM = "lost";

  private final Ends ends = new Ends();
  private Prosody prosody;
  private CutLine line;
  private ScriptedFocus focus;
  private Person person;
  private XmppMeetings meetings;

  @BeforeEach
  void open() throws Exception {
    prosody = Prosody.start();
    line = CutLine.to(prosody.port());
    focus = ScriptedFocus.start(prosody);
    focus.enter(Meeting.jid(ROOM));
    person = Person.join(prosody, Meeting.jid(ROOM), "0badcafe");
    meetings = new XmppMeetings(Meeting.accounts(line.port(), Duration.ofSeconds(20)));
  }

  @AfterEach
  void close() {
    // Each of them, whatever becomes of the others; the last one first.
    try (Prosody server = prosody;
        CutLine cut = line;
        ScriptedFocus manager = focus;
        Person somebody = person) {
      meetings.close();
    }
  }

  private Invitation join() throws Exception {
    Invitation invitation = meetings.join(Meeting.newcomer(ROOM), ends).get(30, TimeUnit.SECONDS);
    invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1)));
    assertThat(focus.next().getAction()).isEqualTo(JingleAction.SESSION_ACCEPT);
    return invitation;
  }

  @Test
  void it_is_resumed_and_nobody_notices() throws Exception {
    Invitation invitation = join();
    line.cut();
    // What is said meanwhile is not lost.
    focus.mute(Meeting.occupant(ROOM, invitation), new MuteIq(), true);
    Presence muted =
        person.awaitUnless(
            "muted sound",
            seen -> Person.text(seen, "SourceInfo").contains("{\"muted\":true}"),
            seen -> seen.getType() == Presence.Type.unavailable);
    assertThat(muted.getFrom().getResourceOrThrow().toString()).isEqualTo(invitation.endpointId());
    assertThat(ends.none()).isTrue();
    invitation.leave();
    person.awaitLeft(Meeting.occupant(ROOM, invitation));
  }

  /** An anonymous account cannot be the same again. */
  @Test
  void who_is_anonymous_has_left() throws Exception {
    meetings.close();
    meetings = new XmppMeetings(Meeting.settings(line.port(), Duration.ofSeconds(20)));
    Invitation invitation = join();
    line.cut();
    assertThat(ends.next()).contains("lost");
    person.awaitLeft(Meeting.occupant(ROOM, invitation));
  }

  @Test
  void a_server_that_has_begun_anew_ends_it() throws Exception {
    join();
    prosody.stop();
    prosody.run();
    assertThat(ends.next()).contains("forgotten");
  }

  @Test
  void a_server_that_does_not_come_back_ends_it() throws Exception {
    join();
    prosody.stop();
    assertThat(ends.next()).contains("lost");
  }

  /** TCP does not tell. */
  @Test
  void a_server_of_which_nothing_is_heard_any_more_ends_it() throws Exception {
    meetings.close();
    Ends others = new Ends();
    URI endpoint = prosody.webSocket();
    try (CutLine web = CutLine.to(endpoint.getPort());
        XmppMeetings overWeb =
            new XmppMeetings(
                Meeting.webSocket(
                    URI.create("ws://127.0.0.1:" + web.port() + endpoint.getPath()),
                    "meet.test",
                    new XmppServer.SignIn.Anonymous(),
                    Duration.ofSeconds(20)))) {
      meetings = new XmppMeetings(Meeting.settings(line.port(), Duration.ofSeconds(20)));
      join();
      overWeb
          .join(Meeting.newcomer(ROOM, "web", Optional.empty(), Optional.empty()), others)
          .get(30, TimeUnit.SECONDS);
      line.swallow();
      web.swallow();
      assertThat(ends.next()).contains("lost");
      assertThat(others.next()).contains("lost");
    }
  }
}
