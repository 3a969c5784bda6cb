package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.host.Invitation;
import org.jitsi.xmpp.extensions.jitsimeet.JsonMessageExtension;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jitsi.xmpp.extensions.jitsimeet.StartMutedPacketExtension;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.EntityFullJid;

/** Publishers in meetings whose moderators say who may send. */
class ModerationTest extends MeetingFixture {
  private static final String MUTED = "-a0\":{\"muted\":true}";
  private static final String HEARD = "-a0\":{\"muted\":false}";

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
    EntityFullJid who = occupant(join());
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
  void who_waits_for_an_answer_leaves_nevertheless() throws Exception {
    meetings.close();
    meetings = new XmppMeetings(Meeting.settings(prosody, NEVER));
    focus.ignoreUnmuting();
    startMuted();
    Invitation invitation = join();
    awaitSourceInfo(MUTED);
    focus.awaitRefusedToUnmute();
    invitation.leave();
    person.awaitLeft(occupant(invitation));
  }

  @Test
  void who_was_muted_by_moderation_sends_again_after_it() throws Exception {
    EntityFullJid who = occupant(join());
    moderated(who, true);
    focus.mute(who, new MuteIq(), true);
    awaitSourceInfo(MUTED);
    moderated(who, false);
    awaitSourceInfo(HEARD);
  }

  @Test
  void who_was_muted_by_a_moderator_does_not() throws Exception {
    EntityFullJid who = occupant(join());
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
    EntityFullJid who = occupant(join());
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
