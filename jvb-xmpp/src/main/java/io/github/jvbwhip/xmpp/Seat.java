package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jxmpp.jid.parts.Resourcepart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An occupant of a room on a connection of its own, what the others see of it, and what they let it
 * send. What may wait for the server is done in its line. Thread-safe; its lock is a leaf.
 */
final class Seat implements Moderation.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Seat.class);

  private final AbstractXMPPConnection connection;
  private final MeetingRoom room;
  private final MeetingSettings settings;
  private final Nicknames nicknames;
  private final Executor line;
  private final Mutes mutes = new Mutes();
  private ParticipantPresence presence;
  private List<SourcePlan> sources;

  Seat(
      AbstractXMPPConnection connection,
      MeetingRoom room,
      MeetingSettings settings,
      Nicknames nicknames,
      Executor line,
      Newcomer newcomer) {
    this.connection = connection;
    this.room = room;
    this.settings = settings;
    this.nicknames = nicknames;
    this.line = line;
    this.presence = ParticipantPresence.of(newcomer, nick(), settings);
    this.sources = nicknames.expected(nick(), newcomer.sending());
  }

  AbstractXMPPConnection connection() {
    return connection;
  }

  MeetingRoom room() {
    return room;
  }

  /** The room's address, which is its conference's name. */
  String meeting() {
    return room.self().asBareJid().toString();
  }

  Resourcepart nick() {
    return room.self().getResourcepart();
  }

  /** The publisher is back, or another one is in its place; whether the others see a difference. */
  boolean take(Newcomer newcomer) {
    ParticipantPresence next = ParticipantPresence.of(newcomer, nick(), settings);
    synchronized (this) {
      boolean changed = !next.equals(presence);
      presence = next;
      return show(nicknames.expected(nick(), newcomer.sending())) || changed;
    }
  }

  /** These are its sources now; whether the others see a difference. */
  synchronized boolean show(List<SourcePlan> now) {
    boolean changed =
        !sources.stream()
            .map(SourcePlan::name)
            .toList()
            .equals(now.stream().map(SourcePlan::name).toList());
    sources = now;
    return changed;
  }

  /** Who manages the meeting has it muted, or unmuted. Waits for nothing. */
  void mute(MediaKind kind, boolean mute) {
    synchronized (this) {
      if (!mutes.mute(kind, mute)) {
        return;
      }
    }
    LOG.info("Publisher {}: the meeting has {} its {}", nick(), mute ? "muted" : "unmuted", kind);
    tellLater();
  }

  @Override
  public void moderated(MediaKind kind, boolean moderated) {
    boolean again;
    synchronized (this) {
      again = mutes.moderate(kind, moderated);
    }
    if (again) {
      approved(kind);
    }
  }

  /** It would send that kind, and asks whether it may: nobody sits there to press a button. */
  @Override
  public void approved(MediaKind kind) {
    line.execute(() -> unmute(kind));
  }

  private void unmute(MediaKind kind) {
    AbstractMuteIq request = kind == MediaKind.AUDIO ? new MuteIq() : new MuteVideoIq();
    request.setType(IQ.Type.set);
    request.setTo(room.focus());
    request.setJid(room.self());
    request.setMute(false);
    XmppErrors.ask(connection, request, refusal -> unmuted(kind, refusal));
  }

  private void unmuted(MediaKind kind, Optional<String> refusal) {
    if (refusal.isEmpty()) {
      mute(kind, false);
    } else {
      LOG.info("Publisher {} may not send {} now: {}", nick(), kind, refusal.get());
    }
  }

  /** Writes what the others are to see. */
  void write(PresenceBuilder stanza) {
    ParticipantPresence words;
    List<SourcePlan> shown;
    Set<MediaKind> quiet;
    synchronized (this) {
      words = presence;
      shown = sources;
      quiet = mutes.muted();
    }
    words.write(stanza, shown, quiet);
  }

  /** Tells the others. Waits for nothing. */
  void tellLater() {
    line.execute(() -> room.tell(this::write));
  }

  /** Leaves the room and disconnects. Waits for the server. */
  void leave() {
    room.quit();
    LOG.info("Publisher {} has left {}", nick(), meeting());
  }
}
