package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * An occupant of a room on a connection of its own, and what the others see of it. Thread-safe; its
 * lock is a leaf.
 */
final class Seat {
  private final AbstractXMPPConnection connection;
  private final MeetingRoom room;
  private final MeetingSettings settings;
  private final Nicknames nicknames;
  private final Mutes mutes = new Mutes();
  private ParticipantPresence presence;
  private List<SourcePlan> sources;

  Seat(
      AbstractXMPPConnection connection,
      MeetingRoom room,
      MeetingSettings settings,
      Nicknames nicknames,
      Newcomer newcomer) {
    this.connection = connection;
    this.room = room;
    this.settings = settings;
    this.nicknames = nicknames;
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

  /** Whether that changes anything. */
  synchronized boolean mute(MediaKind kind, boolean mute) {
    return mutes.mute(kind, mute);
  }

  /** Whether it may send again what it did before that kind was moderated. */
  synchronized boolean moderate(MediaKind kind, boolean moderate) {
    return mutes.moderate(kind, moderate);
  }

  /**
   * Asks to send that kind. Waits for the focus.
   *
   * @return why it may not; empty when it may
   */
  Optional<String> unmute(MediaKind kind) {
    AbstractMuteIq request = kind == MediaKind.AUDIO ? new MuteIq() : new MuteVideoIq();
    request.setType(IQ.Type.set);
    request.setTo(room.focus());
    request.setJid(room.self());
    request.setMute(false);
    return XmppErrors.refusal(() -> connection.sendIqRequestAndWaitForResponse(request));
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

  /** Tells the others. */
  void tell() {
    room.tell(this::write);
  }

  /** Leaves the room and disconnects. Waits for the server. */
  void leave() {
    if (connection.isAuthenticated()) {
      room.leave();
    }
    connection.disconnect();
  }
}
