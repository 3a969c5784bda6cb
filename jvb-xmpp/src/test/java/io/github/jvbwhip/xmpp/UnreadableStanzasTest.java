package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.jvb.host.Invitation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jivesoftware.smack.StanzaCollector;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.Stanza;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Occupants who write what makes no sense. */
class UnreadableStanzasTest extends MeetingFixture {
  private static final String ID = "odd";

  private static Stream<Arguments> odd() {
    return Stream.of(
            "<iq type='set' id='odd' to='@TO@'>"
                + "<jingle xmlns='urn:xmpp:jingle:1' action='bogus' sid='s'/></iq>",
            "<iq type='set' id='odd' to='@TO@'><jingle xmlns='urn:xmpp:jingle:1'"
                + " action='session-initiate' sid='s' initiator='@'/></iq>",
            "<iq type='set' id='odd' to='@TO@'>"
                + "<mute xmlns='http://jitsi.org/jitmeet/audio' jid='@@'>true</mute></iq>",
            "<message type='chat' id='odd' to='@TO@'>"
                + "<delay xmlns='urn:xmpp:delay' stamp='never'/><body>x</body></message>",
            "<presence to='@SELF@'><priority>abc</priority></presence>",
            // Well-formed, and more than what parsers take.
            chat("", "<a>".repeat(20_000) + "</a>".repeat(20_000)),
            chat("", "<" + "a".repeat(1_001) + "/>"),
            chat("", "<a " + "b".repeat(1_001) + "=''/>"),
            chat("", "<a" + attributes(10_001) + "/>"),
            chat(attributes(10_001), ""),
            chat("", "<b>" + "'".repeat(200_000) + "</b>"),
            "<iq type='set' id='odd' to='@TO@'" + attributes(10_001) + "><a xmlns='b'/></iq>",
            "<iq type='set' id='odd' to='@TO@'><a xmlns='b'>"
                + "<a>".repeat(20_000)
                + "</a>".repeat(20_000)
                + "</a></iq>")
        .flatMap(xml -> Stream.of(Arguments.of(xml, false), Arguments.of(xml, true)));
  }

  private static String chat(String attributes, String element) {
    return "<message type='chat' id='odd' to='@TO@'"
        + attributes
        + "><body>x</body><odd xmlns='b'>"
        + element
        + "</odd></message>";
  }

  private static String attributes(int number) {
    return IntStream.range(0, number).mapToObj(n -> " a" + n + "=''").collect(Collectors.joining());
  }

  private MeetingSettings settings(boolean webSocket) {
    return webSocket
        ? Meeting.webSocket(prosody, "meet.test", new XmppServer.SignIn.Anonymous(), LIMIT)
        : Meeting.settings(prosody, LIMIT);
  }

  @ParameterizedTest(name = "{index}, webSocket={1}")
  @MethodSource("odd")
  void what_makes_no_sense_ends_nothing(String xml, boolean webSocket) throws Exception {
    try (XmppMeetings others = new XmppMeetings(settings(webSocket))) {
      Invitation invitation = others.join(Meeting.newcomer(room), ends).get(30, TimeUnit.SECONDS);
      Audience audience =
          others
              .watch(Meeting.jid(room).toString(), Optional.empty(), new Endless())
              .get(30, TimeUnit.SECONDS);
      EntityFullJid watching =
          JidCreate.entityFullFrom(Meeting.jid(room), Resourcepart.from(audience.endpointId()));
      for (EntityFullJid who : List.of(Meeting.occupant(room, invitation), watching)) {
        send(xml, who);
        // What follows it is read.
        assertThat(person.invite(who).getAction()).isEqualTo(JingleAction.SESSION_TERMINATE);
      }
      assertThat(ends.none()).isTrue();
    }
  }

  private void send(String xml, EntityFullJid who) throws Exception {
    try (StanzaCollector answers = person.connection().createStanzaCollector(this::isAnswer)) {
      person
          .connection()
          .sendNonza(
              new RawXml(
                  xml.replace("@TO@", who.toString())
                      .replace("@SELF@", Meeting.jid(room) + "/0badcafe")));
      if (xml.startsWith("<iq")) {
        Stanza answer = answers.nextResult(5_000);
        assertThat(answer).isInstanceOf(ErrorIQ.class);
        assertThat(answer.getFrom().toString()).isEqualTo(who.toString());
      }
    }
  }

  private boolean isAnswer(Stanza stanza) {
    return ID.equals(stanza.getStanzaId()) && stanza.getFrom() != null;
  }

  private static final class Endless implements AudienceListener {
    @Override
    public void changed() {}

    @Override
    public void ended(EndReason reason, String detail) {
      throw new AssertionError(detail);
    }

    @Override
    public void removed(String detail) {
      throw new AssertionError(detail);
    }
  }
}
