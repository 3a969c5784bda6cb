package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.colibri2.InitialLastN;
import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;
import org.jitsi.xmpp.extensions.jingle.SourceGroupPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.parts.Resourcepart;

/** A publisher in the rooms of a real XMPP server. */
class XmppMeetingsTest extends MeetingFixture {
  private static final int JOINING_AT_ONCE = 32;

  /** Joins where a publisher does not wait long; why it is not let in. */
  private BridgeException refusal(Duration joinTimeout) {
    try (XmppMeetings impatient = new XmppMeetings(Meeting.settings(prosody, joinTimeout))) {
      return refusal(() -> impatient.join(Meeting.newcomer(room), ends));
    }
  }

  @Test
  void a_publisher_is_invited_as_a_participant() throws Exception {
    Invitation invitation = join();
    Presence presence = person.awaitPublisher();

    assertThat(presence.getFrom().toString()).isEqualTo(occupant(invitation).toString());
    assertThat(invitation.endpointId()).matches("[0-9a-f]{8}");
    assertThat(invitation.conferenceName()).isEqualTo(Meeting.jid(room).toString());
    assertThat(invitation.transport().credentials().ufrag()).isEqualTo("bridge");
    assertThat(invitation.transport().candidates()).hasSize(1);
    assertThat(invitation.region()).contains("region1");
    assertThat(invitation.server()).as("an address says more").contains("https://two.example/whip");
    assertThat(invitation.numbers().payloadTypes())
        .isEqualTo(
            Map.of(
                CodecType.OPUS, 111,
                CodecType.AV1, 41,
                CodecType.VP8, 100,
                CodecType.VP9, 101,
                CodecType.H264, 109));
    assertThat(invitation.numbers().extensions())
        .isEqualTo(
            Map.of(
                HeaderExtensionType.AUDIO_LEVEL, 1, HeaderExtensionType.DEPENDENCY_DESCRIPTOR, 12));
  }

  @Test
  void the_others_are_told_who_it_is_and_what_it_sends() throws Exception {
    Invitation invitation = join();
    Presence presence = person.awaitPublisher();
    String id = invitation.endpointId();

    assertThat(Person.displayName(presence)).contains("obs");
    assertThat(Person.text(presence, "SourceInfo"))
        .isEqualTo(
            "{\"%s-a0\":{\"muted\":false},\"%s-v0\":{\"muted\":false,\"videoType\":\"camera\"}}"
                .formatted(id, id));
    assertThat(presence.toXML().toString())
        .contains("<jitsi_participant_region>region1</jitsi_participant_region>")
        .contains("<avatar-url>https://meet.test/avatar.png</avatar-url>")
        .contains("<stats-id>whip-" + id + "</stats-id>")
        .as("the others send what all can receive who say what they can")
        .doesNotContainIgnoringCase("codec");
  }

  /** By these the focus decides what it invites somebody to. */
  @Test
  void the_focus_is_told_exactly_what_it_can_do() throws Exception {
    EntityFullJid who = occupant(join());
    assertThat(person.featuresOf(who))
        .containsExactlyInAnyOrder(
            "urn:xmpp:jingle:1",
            "urn:xmpp:jingle:apps:rtp:1",
            "urn:xmpp:jingle:apps:rtp:audio",
            "urn:xmpp:jingle:apps:rtp:video",
            "urn:xmpp:jingle:transports:ice-udp:1",
            "urn:xmpp:jingle:apps:dtls:0",
            "urn:ietf:rfc:5888",
            "urn:ietf:rfc:5761",
            "urn:ietf:rfc:4588",
            "http://jitsi.org/tcc",
            "http://jitsi.org/source-name",
            "http://jitsi.org/receive-multiple-video-streams",
            "http://jitsi.org/opus-red",
            "http://jitsi.org/ssrc-rewriting-1",
            "http://jitsi.org/start-muted-room-metadata");
  }

  @ParameterizedTest
  @EnumSource(MediaKind.class)
  void who_sends_one_kind_of_media_is_shown_with_it_alone(MediaKind kind) throws Exception {
    Newcomer obs = Meeting.newcomer(room);
    Invitation invitation =
        join(
            new Newcomer(
                obs.room(),
                obs.stream(),
                obs.displayName(),
                obs.token(),
                Set.of(kind),
                false,
                Duration.ZERO),
            ends);
    SourcePlan source =
        kind == MediaKind.AUDIO ? Meeting.audio(invitation, 1) : Meeting.video(invitation, 0, 10);
    invitation.accept(Meeting.CLIENT, List.of(source));
    JingleIQ accept = focus.next();
    assertThat(accept.getContentList()).isNotEmpty();
    for (ContentPacketExtension content : accept.getContentList()) {
      assertThat(content.toXML().toString().contains(" ssrc="))
          .as(content.getName())
          .isEqualTo(content.getName().equals(kind.sdpName()));
    }
    assertThat(Person.text(person.awaitPublisher(), "SourceInfo"))
        .startsWith("{\"" + source.name() + "\":{\"muted\":false")
        .containsOnlyOnce("muted");
  }

  /** It may have one of them switched off. */
  @ParameterizedTest
  @EnumSource(MediaKind.class)
  void an_invitation_without_one_kind_of_media_is_one_for_the_other(MediaKind missing)
      throws Exception {
    focus.edit(
        offer -> {
          JingleIQ other = new JingleIQ(offer.getAction(), offer.getSID());
          other.setType(offer.getType());
          other.setTo(offer.getTo());
          other.setInitiator(offer.getInitiator());
          offer.getContentList().stream()
              .filter(content -> !content.getName().equals(missing.sdpName()))
              .forEach(other::addContent);
          return other;
        });
    Invitation invitation = join();
    assertThat(invitation.transport().credentials().ufrag()).isEqualTo("bridge");
    assertThat(invitation.numbers().payloadTypes().keySet())
        .isNotEmpty()
        .allMatch(codec -> (codec == CodecType.OPUS) == (missing == MediaKind.VIDEO));
  }

  @Test
  void a_stream_can_be_a_screen_by_its_name() {
    assertThat(meetings.isScreen(new StreamName("slides"))).isTrue();
    assertThat(meetings.isScreen(new StreamName("obs"))).isFalse();
  }

  @Test
  void a_screen_is_told_as_one() throws Exception {
    Newcomer obs = Meeting.newcomer(room);
    Newcomer screen =
        new Newcomer(
            obs.room(),
            obs.stream(),
            obs.displayName(),
            obs.token(),
            obs.sending(),
            true,
            Duration.ZERO);
    Invitation invitation = join(screen, ends);
    Presence presence = person.awaitPublisher();
    assertThat(Person.text(presence, "SourceInfo")).contains("\"videoType\":\"desktop\"");
    invitation.accept(Meeting.CLIENT, List.of(Meeting.video(invitation, 0, 10)));
    assertThat(focus.next().getContentByName("video").toXML().toString())
        .contains("videoType='desktop'");
  }

  @Test
  void the_focus_is_answered_with_the_clients_side_and_the_sources() throws Exception {
    Invitation invitation = join();
    invitation.accept(
        Meeting.CLIENT,
        List.of(Meeting.audio(invitation, 1), Meeting.video(invitation, 0, 10, 11, 12)));

    JingleIQ accept = focus.next();
    assertThat(accept.getAction()).isEqualTo(JingleAction.SESSION_ACCEPT);
    ContentPacketExtension video = accept.getContentByName("video");
    IceUdpTransportPacketExtension ice =
        video.getFirstChildOfType(IceUdpTransportPacketExtension.class);
    assertThat(ice.getUfrag()).isEqualTo("client");
    assertThat(ice.getFirstChildOfType(DtlsFingerprintPacketExtension.class).getSetup())
        .isEqualTo("active");
    assertThat(video.getFirstChildOfType(InitialLastN.class).getValue()).isZero();
    RtpDescriptionPacketExtension description =
        video.getFirstChildOfType(RtpDescriptionPacketExtension.class);
    List<SourcePacketExtension> sources =
        description.getChildExtensionsOfType(SourcePacketExtension.class);
    assertThat(sources)
        .extracting(SourcePacketExtension::getSSRC)
        .containsExactlyInAnyOrder(10L, 1010L, 11L, 1011L, 12L, 1012L);
    assertThat(sources).allMatch(s -> s.getName().equals(invitation.endpointId() + "-v0"));
    assertThat(sources.stream().map(s -> s.getParameter("msid")).distinct()).hasSize(1);
    assertThat(description.getChildExtensionsOfType(SourceGroupPacketExtension.class))
        .extracting(SourceGroupPacketExtension::getSemantics)
        .containsExactlyInAnyOrder("SIM", "FID", "FID", "FID");
    assertThat(accept.getContentByName("audio").toXML().toString())
        .contains(invitation.endpointId() + "-a0");
  }

  @Test
  void sources_that_come_later_and_go_are_told() throws Exception {
    Invitation invitation = join();
    SourcePlan audio = Meeting.audio(invitation, 1);
    SourcePlan first = Meeting.video(invitation, 0, 10);
    SourcePlan second = Meeting.video(invitation, 1, 20);
    invitation.accept(Meeting.CLIENT, List.of(audio));
    assertThat(focus.next().getAction()).isEqualTo(JingleAction.SESSION_ACCEPT);

    assertThat(invitation.setSources(List.of(audio, first))).isEmpty();
    JingleIQ added = focus.next();
    assertThat(added.getAction()).isEqualTo(JingleAction.SOURCEADD);
    assertThat(added.toXML().toString()).contains(first.name()).doesNotContain(audio.name());

    assertThat(invitation.setSources(List.of(audio, second))).isEmpty();
    assertThat(focus.next().getAction()).isEqualTo(JingleAction.SOURCEREMOVE);
    assertThat(focus.next().getAction()).isEqualTo(JingleAction.SOURCEADD);
    person.await("the new source", seen -> Person.text(seen, "SourceInfo").contains(second.name()));

    focus.refuseJingle(StanzaError.Condition.resource_constraint);
    assertThat(invitation.setSources(List.of(audio, second, first)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("resource-constraint"));
  }

  @Test
  void an_acceptance_that_the_focus_refuses_fails() throws Exception {
    Invitation invitation = join();
    focus.refuseJingle(StanzaError.Condition.bad_request);
    Throwable refused =
        catchThrowable(
            () -> invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1))));
    assertThat(refused).isInstanceOf(BridgeException.class);
  }

  @Test
  void the_numbers_of_an_endpoint_are_told_where_it_may_be_on_any_bridge() throws Exception {
    assertThat(join().numbersAnywhere()).isEmpty();
    meetings.close();
    meetings = new XmppMeetings(Meeting.onAnyBridge(prosody.port(), LIMIT));
    EndpointNumbers numbers = join().numbersAnywhere().orElseThrow();
    assertThat(numbers.payloadTypes()).containsEntry(CodecType.VP8, 100);
    assertThat(numbers.repairs()).isEqualTo(Map.of(CodecType.VP8, 96));
    assertThat(numbers.extensions()).containsEntry(HeaderExtensionType.ABS_SEND_TIME, 3);
  }

  @Test
  void who_leaves_is_seen_to_leave() throws Exception {
    Invitation invitation = join();
    person.awaitPublisher();
    invitation.leave();
    invitation.leave();
    person.awaitLeft(occupant(invitation));
    assertThat(ends.none()).isTrue();
  }

  @Test
  void who_gives_up_before_it_is_invited_leaves_nothing() throws Exception {
    focus.inviteNobody();
    CompletableFuture<Invitation> joining = meetings.join(Meeting.newcomer(room), ends);
    EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
    joining.cancel(false);
    person.awaitLeft(who);
  }

  @Test
  void who_gives_up_while_the_focus_is_asked_is_never_seen() throws Exception {
    Runnable release = focus.holdRequests();
    CompletableFuture<Invitation> joining = meetings.join(Meeting.newcomer(room), ends);
    focus.awaitRequest();
    joining.cancel(false);
    release.run();

    Invitation next = join();
    assertThat(person.awaitPublisher().getFrom().toString()).isEqualTo(occupant(next).toString());
  }

  @Test
  void who_leaves_does_not_wait_behind_those_who_join() throws Exception {
    int many = 40;
    try (XmppMeetings patient =
        new XmppMeetings(Meeting.settings(prosody, Duration.ofSeconds(50)))) {
      Invitation invitation = patient.join(Meeting.newcomer(room), ends).get(30, TimeUnit.SECONDS);
      person.awaitPublisher();
      focus.awaitRequest();
      focus.answerNothing();
      List<CompletableFuture<Invitation>> joinings = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        joinings.add(patient.join(Meeting.newcomer(room), ends));
      }
      for (int i = 0; i < JOINING_AT_ONCE; i++) {
        focus.awaitRequest();
      }
      invitation.leave();
      person.awaitLeft(occupant(invitation));
      assertThat(joinings).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void nobody_joins_when_meetings_are_closed() {
    meetings.close();
    CompletableFuture<Invitation> joining = meetings.join(Meeting.newcomer(room), ends);
    assertThat(joining).isCompletedExceptionally();
  }

  @Test
  void all_leave_when_meetings_are_closed() throws Exception {
    Invitation invitation = join();
    person.awaitPublisher();
    meetings.close();
    person.awaitLeft(occupant(invitation));
  }

  @Test
  void a_moderator_mutes_it_for_the_others_to_see() throws Exception {
    Invitation invitation = join();
    EntityFullJid who = occupant(invitation);
    focus.mute(who, new MuteIq(), true);
    person.await(
        "muted sound", seen -> Person.text(seen, "SourceInfo").contains("-a0\":{\"muted\":true}"));
    focus.mute(who, new MuteVideoIq(), true);
    person.await(
        "muted picture", seen -> Person.text(seen, "SourceInfo").contains("-v0\":{\"muted\":true"));
    focus.mute(who, new MuteIq(), false);
    person.await(
        "sound", seen -> Person.text(seen, "SourceInfo").contains("-a0\":{\"muted\":false}"));
    assertThat(ends.none()).isTrue();
  }

  @Test
  void a_kick_ends_it() throws Exception {
    Invitation invitation = join();
    focus
        .enter(Meeting.jid(room))
        .kickParticipant(occupant(invitation).getResourcepart(), "enough");
    assertThat(ends.next()).startsWith("removed: ").contains("removed it from the meeting");
    person.awaitLeft(occupant(invitation));
  }

  @Test
  void a_kick_before_it_is_invited_is_one_too() throws Exception {
    focus.inviteNobody();
    CompletableFuture<Invitation> joining = meetings.join(Meeting.newcomer(room), ends);
    Resourcepart who = person.awaitPublisher().getFrom().getResourceOrThrow();
    focus.enter(Meeting.jid(room)).kickParticipant(who, "enough");
    assertThat(refusal(joining).reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(ends.next()).startsWith("removed: ").contains("removed it from the meeting");

    assertThat(refusal(() -> meetings.join(Meeting.newcomer(room), ends)))
        .hasMessageContaining("A moderator has removed this publisher")
        .extracting(BridgeException::reason)
        .isEqualTo(Reason.FORBIDDEN);
    assertThat(person.others()).isEmpty();
  }

  @Test
  void the_end_of_the_room_ends_it() throws Exception {
    join();
    focus.enter(Meeting.jid(room)).destroy("over", null);
    assertThat(ends.next()).contains("the meeting has been ended");
  }

  @Test
  void a_focus_that_leaves_ends_it() throws Exception {
    Invitation invitation = join();
    focus.enter(Meeting.jid(room)).leave();
    assertThat(ends.next()).contains("who manages the meeting has left");
    person.awaitLeft(occupant(invitation));
  }

  @Test
  void the_end_of_its_session_ends_it() throws Exception {
    Invitation invitation = join();
    invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1)));
    String sid = focus.next().getSID();
    focus.terminate(occupant(invitation), "another", org.jitsi.xmpp.extensions.jingle.Reason.GONE);
    focus.terminate(occupant(invitation), sid, org.jitsi.xmpp.extensions.jingle.Reason.EXPIRED);
    assertThat(ends.next()).contains("expired");
    person.awaitLeft(occupant(invitation));
  }

  @Test
  void another_invitation_ends_it_since_its_client_cannot_move() throws Exception {
    Invitation invitation = join();
    focus.invite(occupant(invitation));
    assertThat(ends.next()).contains("another endpoint");
  }

  @Test
  void people_who_would_send_media_to_it_directly_are_declined() throws Exception {
    Invitation invitation = join();
    JingleIQ answer = person.invite(occupant(invitation));
    assertThat(answer.getAction()).isEqualTo(JingleAction.SESSION_TERMINATE);
    assertThat(answer.toXML().toString()).contains("<decline/>");
    assertThat(ends.none()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no contents",
    "no transport",
    "no candidates",
    "no credentials",
    "no fingerprint",
    "a payload type out of range",
    "an extension without a number"
  })
  void an_invitation_that_makes_no_sense_is_refused(String what) throws Exception {
    focus.edit(offer -> MalformedOffers.spoil(offer, what));
    BridgeException refusal = refusal(Duration.ofSeconds(4));
    assertThat(refusal.reason()).isEqualTo(Reason.OVERLOADED);
    EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
    person.awaitLeft(who);
  }

  @Test
  void nobody_waits_for_ever_to_be_invited() throws Exception {
    focus.inviteNobody();
    BridgeException refusal = refusal(Duration.ofSeconds(4));
    assertThat(refusal.reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refusal.retryAfter()).isPresent();
    person.awaitLeft(person.awaitPublisher().getFrom().asEntityFullJidOrThrow());
  }

  @Test
  void a_focus_that_never_answers_holds_nobody_up() throws Exception {
    focus.answerNothing();
    assertThat(refusal(Duration.ofSeconds(2)).reason()).isEqualTo(Reason.OVERLOADED);
  }

  @Test
  void without_a_focus_there_is_no_meeting() throws Exception {
    focus.close();
    BridgeException refusal = refusal(Duration.ofSeconds(10));
    assertThat(refusal.reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refusal).hasMessageContaining("Nobody manages meetings");
    focus = ScriptedFocus.start(prosody);
  }

  @ParameterizedTest
  @CsvSource({
    "not_authorized, FORBIDDEN",
    "forbidden, FORBIDDEN",
    "not_allowed, FORBIDDEN",
    "service_unavailable, OVERLOADED",
    "resource_constraint, OVERLOADED",
    "internal_server_error, OVERLOADED",
    "item_not_found, OVERLOADED",
    "bad_request, OVERLOADED",
    "conflict, OVERLOADED",
    "gone, OVERLOADED",
    "policy_violation, OVERLOADED",
    "undefined_condition, OVERLOADED"
  })
  void a_conference_that_is_refused_is_told(StanzaError.Condition condition, Reason reason)
      throws Exception {
    focus.refuse(condition);
    assertThat(refusal(Duration.ofSeconds(10)).reason()).isEqualTo(reason);
  }

  @Test
  void a_meeting_that_has_not_begun_is_told() throws Exception {
    focus.holdBack();
    assertThat(refusal(Duration.ofSeconds(10))).hasMessageContaining("has not begun");
  }

  @Test
  void a_publisher_is_no_visitor() throws Exception {
    focus.sendToVisitors();
    assertThat(refusal(Duration.ofSeconds(10))).hasMessageContaining("visitors");
  }

  @ParameterizedTest
  @CsvSource({
    "muc#roomconfig_membersonly, true, lobby",
    "muc#roomconfig_roomsecret, secret, password"
  })
  void a_room_that_is_closed_is_told(String field, String value, String word) throws Exception {
    focus.configure(Meeting.jid(room), field, value);
    BridgeException refusal = refusal(Duration.ofSeconds(10));
    assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(refusal).hasMessageContaining(word);
  }

  @Test
  void who_is_banned_is_told() throws Exception {
    focus.banEverybodyOf(Meeting.jid(room), "meet.test");
    BridgeException refusal = refusal(Duration.ofSeconds(10));
    assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(refusal).hasMessageContaining("banned");
  }
}
