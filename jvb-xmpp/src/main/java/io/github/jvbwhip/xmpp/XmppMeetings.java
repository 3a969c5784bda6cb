package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The rooms of a Jitsi Meet. Thread-safe. */
public final class XmppMeetings implements Meetings {
  private final MeetingSettings settings;
  private final Connections connections;
  private final MeetingThreads threads = new MeetingThreads();
  private final Nicknames nicknames = new Nicknames(new SecureRandom());
  private final Set<MeetingParticipant> participants = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * With threads and connections of its own, of which there are none before the first publisher.
   */
  public XmppMeetings(MeetingSettings settings) {
    this.settings = settings;
    this.connections = new Connections(settings.server());
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
            settings, connections, threads, nicknames, newcomer, meeting, listener);
    participants.add(participant);
    participant.onGone(() -> participants.remove(participant));
    CompletableFuture<Invitation> invited = participant.join();
    if (closed) {
      participant.leave();
    }
    return invited;
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
    return CompletableFuture.failedFuture(
        new BridgeException(BridgeException.Reason.FORBIDDEN, "Meetings cannot be watched."));
  }

  @Override
  public void close() {
    closed = true;
    participants.forEach(MeetingParticipant::leave);
    threads.close();
  }
}
