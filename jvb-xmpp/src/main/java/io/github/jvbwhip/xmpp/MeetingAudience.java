package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.xmpp.AudienceSettings.Announcement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smackx.nick.packet.Nick;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who watch one room: a participant without media, with an XMPP connection of its own.
 * Thread-safe; its lock is held for no call to anybody else.
 */
final class MeetingAudience implements Audience {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingAudience.class);

  private static final String NOBODY = "nobody is left in the meeting";

  /** Each presence goes to everybody in the room. */
  static final Duration BETWEEN_COUNTS = Duration.ofSeconds(2);

  private final MeetingSettings settings;
  private final AudienceSettings words;
  private final Connections connections;
  private final Admissions admissions;
  private final MeetingThreads threads;
  private final Executor line;
  private final Nicknames nicknames;
  private final MeetingAddress meeting;
  private final Optional<String> token;
  private final AudienceListener listener;
  private final Attempt<Audience> attempt;
  private final People people = new People();
  private final Departure departure;
  private @Nullable MeetingRoom room;
  private int viewers = 1;
  private int told = 1;
  private boolean telling;
  private volatile Runnable onGone = () -> {};

  MeetingAudience(
      MeetingSettings settings,
      AudienceSettings words,
      Connections connections,
      Admissions admissions,
      MeetingThreads threads,
      Nicknames nicknames,
      MeetingAddress meeting,
      Optional<String> token,
      AudienceListener listener) {
    this.settings = settings;
    this.words = words;
    this.connections = connections;
    this.admissions = admissions;
    this.threads = threads;
    this.line = threads.line();
    this.nicknames = nicknames;
    this.meeting = meeting;
    this.token = token;
    this.listener = listener;
    this.attempt = new Attempt<>(new Deadline(settings.joinTimeout()));
    this.departure = new Departure(line, this::exit);
  }

  /** Joins. Waits for nothing itself. */
  CompletableFuture<Audience> join() {
    var unused =
        attempt
            .result()
            .whenComplete(
                (audience, failure) -> {
                  if (failure != null) {
                    leave();
                  }
                });
    departure.joining();
    attempt.begin(
        threads,
        threads.watching(),
        () -> enter(open(token, attempt.deadline()), attempt.deadline()),
        departure::joined);
    return attempt.result();
  }

  /** What to do once it has left. */
  void onGone(Runnable task) {
    onGone = task;
  }

  private AbstractXMPPConnection open(Optional<String> signIn, Deadline deadline)
      throws BridgeException {
    return connections.open(signIn, meeting, deadline, List.of());
  }

  private void enter(AbstractXMPPConnection opened, Deadline deadline) throws BridgeException {
    MeetingRoom entered =
        new MeetingRoom(
            opened, meeting.jid(), nicknames.of(opened.getUser()), settings.focusUser());
    synchronized (this) {
      room = entered;
    }
    if (departure.hasBegun()) {
      return;
    }
    ConnectionLoss.watch(opened, threads, this::ended);
    AudienceInbox.open(opened, entered::isFocus);
    entered.observe(presence -> seen(entered, presence));
    Handover.watch(opened, entered.chat(), entered.self(), line, settings.server().signIn());
    deadline.at(Deadline.Step.ROOM);
    entered.join(this::write, this::ended, deadline.leftMillis());
    if (people.isEmpty()) {
      throw XmppErrors.unavailable("Nobody is in the meeting. Try again.", null);
    }
    if (!attempt.result().complete(this)) {
      return;
    }
    LOG.info("Audience {} has joined {}", endpointId(), meeting.jid());
    if (words.announcement() == Announcement.CHAT) {
      entered.say("This meeting is being watched through a player on the web.");
    }
    if (people.isEmpty()) {
      ended(NOBODY);
    }
  }

  private void seen(MeetingRoom in, Presence presence) {
    if (presence.getFrom().equals(in.self()) || !people.see(presence) || !attempt.isOver()) {
      return;
    }
    if (people.isEmpty()) {
      ended(NOBODY);
    } else if (!departure.hasBegun()) {
      listener.changed();
    }
  }

  private void write(PresenceBuilder presence) {
    int now;
    synchronized (this) {
      now = told;
    }
    presence.addExtension(new Nick(words.named(now)));
    presence.addExtension(
        StandardExtensionElement.builder(People.VIEWERS, "jabber:client")
            .setText(Integer.toString(now))
            .build());
  }

  @Override
  public synchronized String endpointId() {
    return room == null ? "?" : room.self().getResourcepart().toString();
  }

  @Override
  public Map<String, String> people() {
    return people.names();
  }

  /** Asks the server in the name of whoever brings the token, which nobody in the room sees. */
  @Override
  public CompletableFuture<Void> admit(Optional<String> other) {
    return settings.server().signIn() instanceof XmppServer.SignIn.Token
        ? admissions.decide(meeting, other, deadline -> ask(other, deadline))
        : CompletableFuture.completedFuture(null);
  }

  private void ask(Optional<String> other, Deadline deadline) throws BridgeException {
    AbstractXMPPConnection asking = open(other, deadline);
    try {
      MeetingRoom present;
      synchronized (this) {
        present = room;
      }
      if (present == null || departure.hasBegun()) { // Only in the room is its claim looked at.
        throw XmppErrors.unavailable("The meeting is not watched any more. Try again.", null);
      }
      deadline.at(Deadline.Step.ROOM);
      new MeetingRoom(asking, meeting.jid(), present.self().getResourcepart(), settings.focusUser())
          .tryToJoin(this::write, deadline.leftMillis());
    } finally {
      asking.disconnect();
    }
  }

  @Override
  public void count(int now) {
    synchronized (this) {
      viewers = now;
      if (telling || viewers == told) {
        return;
      }
      telling = true;
    }
    tell();
  }

  private void tell() {
    synchronized (this) {
      if (departure.hasBegun() || viewers == told) {
        telling = false;
        return;
      }
      told = viewers;
    }
    line.execute(this::tellRoom);
    var unused = threads.later(BETWEEN_COUNTS, this::tell);
  }

  private void tellRoom() {
    MeetingRoom in;
    synchronized (this) {
      in = room;
    }
    if (in != null && !departure.hasBegun()) {
      in.tell(this::write);
    }
  }

  private void ended(String detail) {
    ended(new MeetingRoom.Ending(false, detail));
  }

  /** Somebody else has ended it. */
  private void ended(MeetingRoom.Ending ending) {
    boolean removedEarly = ending.thrownOut() && !attempt.isOver();
    if (removedEarly) { // First: nobody is to try again.
      listener.removed(ending.detail());
    }
    boolean refused =
        attempt.refuse(
            XmppErrors.refused("The meeting cannot be watched: " + ending.detail() + ".", null));
    if (refused || !departure.begin()) {
      return;
    }
    departure.go();
    if (removedEarly) {
      return;
    }
    if (ending.thrownOut()) {
      listener.removed(ending.detail());
    } else {
      listener.ended(EndReason.EXPIRED, ending.detail());
    }
  }

  @Override
  public void leave() {
    if (departure.begin()) {
      departure.go();
    }
  }

  private void exit() {
    MeetingRoom in;
    synchronized (this) {
      in = room;
    }
    if (in != null) {
      in.quit();
      LOG.info("Audience {} has left {}", endpointId(), meeting.jid());
    }
    onGone.run();
  }
}
