package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.xmpp.Meeting.Ends;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.jitsimeet.JsonMessageExtension;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jitsi.xmpp.extensions.jitsimeet.StartMutedPacketExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jxmpp.jid.EntityFullJid;

/** Publishers in meetings whose moderators say who may send. */
@RequiresProsody
@Timeout(60)
class ModerationTest {
  private static final String MUTED = "-a0\":{\"muted\":true}";
  private static final String HEARD = "-a0\":{\"muted\":false}";
  private static Prosody prosody;

  private final Ends ends = new Ends();
  private final String room = "moderated-" + UUID.randomUUID();
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
  void open() throws Exception {
    focus = ScriptedFocus.start(prosody);
    focus.enter(Meeting.jid(room));
    person = Person.join(prosody, Meeting.jid(room), "0badcafe");
    meetings = new XmppMeetings(Meeting.settings(prosody, Duration.ofSeconds(20)));
  }

  @AfterEach
  void close() {
    meetings.close();
    person.close();
    focus.close();
  }

  private EntityFullJid join() throws Exception {
    Invitation invitation = meetings.join(Meeting.newcomer(room), ends).get(30, TimeUnit.SECONDS);
    return Meeting.occupant(room, invitation);
  }

  private void startMuted() {
    focus.edit(
        offer -> {
          StartMutedPacketExtension muted = new StartMutedPacketExtension();
          muted.setAudioMute(true);
          muted.setVideoMute(false);
          offer.addExtension(muted);
          return offer;
        });
  }

  private void moderated(EntityFullJid who, boolean moderated) throws Exception {
    focus.tell(
        who,
        "{\"type\":\"av_moderation\",\"mediaType\":\"audio\",\"enabled\":%s}".formatted(moderated));
  }

  private void awaitSourceInfo(String part) throws InterruptedException {
    person.await(part, seen -> Person.text(seen, "SourceInfo").contains(part));
  }

  @Test
  void who_may_not_send_is_seen_to_be_muted_until_a_moderator_approves() throws Exception {
    focus.moderate(true);
    startMuted();
    EntityFullJid who = join();
    awaitSourceInfo(MUTED);
    focus.awaitRefusedToUnmute();
    focus.moderate(false);
    focus.tell(who, "{\"type\":\"av_moderation\",\"mediaType\":\"audio\",\"approved\":true}");
    awaitSourceInfo(HEARD);
    assertThat(ends.none()).isTrue();
  }

  @Test
  void who_is_to_start_muted_and_may_send_does_not_stay_muted() throws Exception {
    startMuted();
    join();
    awaitSourceInfo(MUTED);
    awaitSourceInfo(HEARD);
  }

  @Test
  void who_was_muted_by_moderation_sends_again_after_it() throws Exception {
    EntityFullJid who = join();
    moderated(who, true);
    focus.mute(who, new MuteIq(), true);
    awaitSourceInfo(MUTED);
    moderated(who, false);
    awaitSourceInfo(HEARD);
  }

  @Test
  void who_was_muted_by_a_moderator_does_not() throws Exception {
    EntityFullJid who = join();
    focus.mute(who, new MuteIq(), true);
    awaitSourceInfo(MUTED);
    moderated(who, true);
    moderated(who, false);
    focus.mute(who, new MuteVideoIq(), true);
    person.awaitUnless(
        "the picture muted",
        seen -> Person.text(seen, "SourceInfo").contains("-v0\":{\"muted\":true"),
        seen -> Person.text(seen, "SourceInfo").contains(HEARD));
  }

  @Test
  void what_other_occupants_say_of_it_is_not_heard() throws Exception {
    focus.moderate(true);
    startMuted();
    EntityFullJid who = join();
    awaitSourceInfo(MUTED);
    focus.awaitRefusedToUnmute();
    focus.moderate(false);
    person
        .connection()
        .sendStanza(
            person
                .connection()
                .getStanzaFactory()
                .buildMessageStanza()
                .to(who)
                .addExtension(approval())
                .build());
    focus.mute(who, new MuteVideoIq(), true);
    person.awaitUnless(
        "the picture muted",
        seen -> Person.text(seen, "SourceInfo").contains("-v0\":{\"muted\":true"),
        seen -> Person.text(seen, "SourceInfo").contains(HEARD));
  }

  private static JsonMessageExtension approval() {
    return new JsonMessageExtension(
        "{\"type\":\"av_moderation\",\"mediaType\":\"audio\",\"approved\":true}");
  }
}
