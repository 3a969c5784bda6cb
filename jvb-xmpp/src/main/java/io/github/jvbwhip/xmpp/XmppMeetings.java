package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The rooms of a Jitsi Meet. Thread-safe. */
public final class XmppMeetings implements Meetings {
  private final MeetingSettings settings;
  private final Connections connections;
  private final MeetingThreads threads = new MeetingThreads();
  private final Admissions admissions;
  private final Admissions signIns;
  private final Nicknames nicknames;
  private final Set<MeetingParticipant> participants = ConcurrentHashMap.newKeySet();
  private final Set<MeetingAudience> audiences = ConcurrentHashMap.newKeySet();
  private final AudienceSettings audience;
  private volatile boolean closed;

  XmppMeetings(MeetingSettings settings) {
    this(settings, AudienceSettings.USUAL);
  }

  /**
   * With threads and connections of its own, of which there are none before the first publisher or
   * player.
   *
   * @param audience what the people are told about those who watch
   */
  public XmppMeetings(MeetingSettings settings, AudienceSettings audience) {
    this.settings = settings;
    this.audience = audience;
    this.connections = new Connections(settings.server(), settings.joinTimeout());
    this.admissions = new Admissions(threads, settings.joinTimeout());
    this.signIns = new Admissions(threads, settings.joinTimeout());
    this.nicknames = new Nicknames(settings.nickSource(), new SecureRandom());
    Extensions.register();
  }

  @Override
  public CompletableFuture<Invitation> join(Newcomer newcomer, ParticipantListener listener) {
    MeetingAddress meeting;
    try {
      meeting = settings.names().of(newcomer.room());
    } catch (BridgeException e) {
      return CompletableFuture.failedFuture(e);
    }
    for (MeetingParticipant known : participants) {
      Optional<CompletableFuture<Invitation>> again = known.joinAgain(meeting, newcomer, listener);
      if (again.isPresent()) {
        return again.get();
      }
    }
    MeetingParticipant participant =
        new MeetingParticipant(
            new Entrance(settings, connections, threads, nicknames, meeting), newcomer, listener);
    participants.add(participant);
    participant.onGone(() -> participants.remove(participant));
    CompletableFuture<Invitation> invited = participant.join();
    if (closed) {
      participant.leave();
    }
    return invited;
  }

  /**
   * Asks the server whether it takes a token, without getting into the room, which there need not
   * be. Waits for nothing; fails with a {@link BridgeException} where the server does not.
   */
  public CompletableFuture<Void> signIn(RoomName room, String token) {
    try {
      MeetingAddress meeting = settings.names().of(room);
      Optional<String> asked = Optional.of(token);
      return signIns.decide(
          meeting,
          asked,
          deadline -> connections.open(asked, meeting, deadline, List.of()).disconnect());
    } catch (BridgeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Duration joinTimeout() {
    return settings.joinTimeout();
  }

  @Override
  public boolean isScreen(StreamName stream) {
    return settings.screenStreams().contains(stream.value());
  }

  @Override
  public Optional<String> conferenceName(RoomName room) {
    try {
      MeetingAddress meeting = settings.names().of(room);
      return meeting.breakout().isEmpty()
          ? Optional.of(meeting.jid().toString())
          : participants.stream().flatMap(p -> p.conference(meeting).stream()).findFirst();
    } catch (BridgeException e) {
      return Optional.empty();
    }
  }

  @Override
  public CompletableFuture<Audience> watch(
      String conferenceName, Optional<String> token, AudienceListener listener) {
    Optional<MeetingAddress> meeting = settings.names().ofConference(conferenceName);
    if (meeting.isEmpty()) {
      return CompletableFuture.failedFuture(
          XmppErrors.refused("The meeting is none of this server's.", null));
    }
    if (audience.announcement() == AudienceSettings.Announcement.NONE) {
      UnseenAudience unseen = new UnseenAudience(connections, admissions, meeting.get());
      return unseen.admit(token).thenApply(admitted -> unseen);
    }
    MeetingAudience joining =
        new MeetingAudience(
            settings,
            audience,
            connections,
            admissions,
            threads,
            nicknames,
            meeting.get(),
            token,
            listener);
    audiences.add(joining);
    joining.onGone(() -> audiences.remove(joining));
    CompletableFuture<Audience> joined = joining.join();
    if (closed) {
      joining.leave();
    }
    return joined;
  }

  @Override
  public void close() {
    closed = true;
    participants.forEach(MeetingParticipant::leave);
    audiences.forEach(MeetingAudience::leave);
    threads.close();
  }
}
