package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.xmpp.Meeting.Ends;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jivesoftware.smack.StanzaCollector;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a participant whose connection to the XMPP server is lost. */
@Timeout(90)
class LostConnectionTest extends MeetingFixture {
  private CutLine line;

  @BeforeEach
  void openFarFromServer() {
    meetings.close();
    line = CutLine.to(prosody.port());
    meetings = new XmppMeetings(Meeting.accounts(line.port(), LIMIT));
  }

  @AfterEach
  void mend() throws Exception {
    meetings.close();
    line.close();
    prosody.stop();
    prosody.run();
  }

  private Invitation publish() throws Exception {
    Invitation invitation = join();
    invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1)));
    assertThat(focus.next().getAction()).isEqualTo(JingleAction.SESSION_ACCEPT);
    return invitation;
  }

  @Test
  void it_is_resumed_and_nobody_notices() throws Exception {
    Invitation invitation = publish();
    line.cut();
    // What is said meanwhile is not lost.
    focus.mute(occupant(invitation), new MuteIq(), true);
    Presence muted =
        person.awaitUnless(
            "muted sound",
            seen -> Person.text(seen, "SourceInfo").contains("{\"muted\":true}"),
            seen -> seen.getType() == Presence.Type.unavailable);
    assertThat(muted.getFrom().getResourceOrThrow().toString()).isEqualTo(invitation.endpointId());
    assertThat(ends.none()).isTrue();
    invitation.leave();
    person.awaitLeft(occupant(invitation));
  }

  @Test
  void what_could_not_be_read_is_not_said_again() throws Exception {
    Invitation invitation = publish();
    String odd =
        "<iq type='set' id='odd' to='%s'><a xmlns='b'>%s%s</a></iq>"
            .formatted(occupant(invitation), "<a>".repeat(20_000), "</a>".repeat(20_000));
    try (StanzaCollector answers =
        person.connection().createStanzaCollector(answer -> "odd".equals(answer.getStanzaId()))) {
      person.connection().sendNonza(new RawXml(odd));
      assertThat(answers.<Stanza>nextResult(20_000)).isInstanceOf(ErrorIQ.class);
      line.cut();
      focus.mute(occupant(invitation), new MuteIq(), true);
      person.await(
          "muted sound", seen -> Person.text(seen, "SourceInfo").contains("{\"muted\":true}"));
      assertThat(answers.<Stanza>pollResult()).isNull();
    }
    assertThat(ends.none()).isTrue();
  }

  /** An anonymous account cannot be the same again. */
  @Test
  void who_is_anonymous_has_left() throws Exception {
    meetings.close();
    meetings = new XmppMeetings(Meeting.settings(line.port(), LIMIT));
    Invitation invitation = publish();
    line.cut();
    assertThat(ends.next()).contains("lost");
    person.awaitLeft(occupant(invitation));
  }

  @Test
  void a_server_that_has_begun_anew_ends_it() throws Exception {
    publish();
    prosody.stop();
    prosody.run();
    assertThat(ends.next()).contains("forgotten");
  }

  @Test
  void a_server_that_does_not_come_back_ends_it() throws Exception {
    publish();
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
                    LIMIT))) {
      meetings = new XmppMeetings(Meeting.settings(line.port(), LIMIT));
      publish();
      overWeb
          .join(Meeting.newcomer(room, "web", Optional.empty(), Optional.empty()), others)
          .get(30, TimeUnit.SECONDS);
      line.swallow();
      web.swallow();
      assertThat(ends.next()).contains("lost");
      assertThat(others.next()).contains("lost");
    }
  }
}
