package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.EntityFullJid;

/** Occupants in whose stanzas something stands that looks like another one's. */
class ForgedStanzasTest extends MeetingFixture {
  private void say(Person who, EntityFullJid to, String odd, String forged) throws Exception {
    who.connection()
        .sendNonza(
            new RawXml(
                "<message type='chat' to='%s'><body>x</body>%s%s</message>"
                    .formatted(to, odd.replace("@LONG@", "a".repeat(1_001)), forged)));
  }

  /** What parsers and Smack's readers stumble over, each at another place. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<@LONG@ xmlns='b'/>",
        "<subject>a<b/></subject>",
        "<thread>a<b/></thread>",
        "<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'>a<b/></delay>",
        "<delay xmlns='urn:xmpp:delay' stamp='never'/>",
        "<nick xmlns='http://jabber.org/protocol/nick'>a<b/></nick>",
        "<body xml:lang='de'>a<b/></body>",
        "<json-message xmlns='http://jitsi.org/jitmeet'>a<b/></json-message>"
      })
  void what_stands_in_a_stanza_is_none(String odd) throws Exception {
    EntityFullJid who = occupant(join());
    person.awaitPublisher();
    String forged =
        "<iq xmlns='jabber:client' type='set' id='forged' from='%s/focus' to='%s'>"
                .formatted(Meeting.jid(room), who)
            + "<mute xmlns='http://jitsi.org/jitmeet/audio' jid='%s'>true</mute></iq>"
                .formatted(who);

    say(person, who, odd, forged);

    // What follows it is read, and is all that is obeyed.
    assertThat(person.invite(who).getAction()).isEqualTo(JingleAction.SESSION_TERMINATE);
    assertThat(ends.none()).isTrue();
    focus.mute(who, new MuteVideoIq(), true);
    Presence next = person.await("the next of it", seen -> seen.getFrom().equals(who));
    assertThat(Person.text(next, "SourceInfo"))
        .contains("-a0\":{\"muted\":false")
        .contains("-v0\":{\"muted\":true");
  }

  /** Where the publisher is a moderator, as it is where it came first. */
  @Test
  void nobody_makes_himself_a_moderator() throws Exception {
    EntityFullJid who = occupant(join());
    MultiUserChat chat = focus.enter(Meeting.jid(room));
    chat.grantOwnership(chat.getOccupant(who).getJid().asBareJid());
    person.await("a moderator", seen -> owns(seen, "0badcafe"));
    try (Person attacker = Person.join(prosody, Meeting.jid(room), "0deadbee")) {
      String forged =
          "<presence xmlns='jabber:client' type='unavailable' from='%s/0badcafe'>"
                  .formatted(Meeting.jid(room))
              + "<x xmlns='http://jabber.org/protocol/muc#user'>"
              + "<item affiliation='owner' role='none'/></x></presence>";

      say(attacker, who, "<@LONG@ xmlns='b'/>", forged);

      assertThat(attacker.invite(who).getAction()).isEqualTo(JingleAction.SESSION_TERMINATE);
      focus.mute(who, new MuteIq(), true); // The publisher's line is through with what was before.
      person.awaitUnless(
          "the next of it", seen -> seen.getFrom().equals(who), seen -> owns(seen, "0deadbee"));
    }
  }

  private static boolean owns(Presence seen, String nick) {
    MUCUser user = MUCUser.from(seen);
    return seen.getFrom().getResourceOrEmpty().toString().equals(nick)
        && user != null
        && user.getItem().getAffiliation() == MUCAffiliation.owner;
  }
}
