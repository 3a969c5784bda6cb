package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.parts.Resourcepart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publisher in one room, with an XMPP connection of its own. Joining and leaving, which wait
 * for the server, are done in its line, one after another. Thread-safe; its lock is a leaf.
 */
final class MeetingParticipant implements FocusInbox.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingParticipant.class);

  private final MeetingSettings settings;
  private final Connections connections;
  private final MeetingThreads threads;
  private final Executor line;
  private final Newcomer newcomer;
  private final MeetingAddress meeting;
  private final Nicknames nicknames;
  private final ParticipantListener listener;
  private final CompletableFuture<Invitation> invited = new CompletableFuture<>();
  private final Set<MediaKind> muted = EnumSet.noneOf(MediaKind.class);
  private List<SourcePlan> sources = List.of();
  private @Nullable AbstractXMPPConnection connection;
  private @Nullable MeetingRoom room;
  private @Nullable ParticipantPresence presence;
  private @Nullable JingleInvitation session;
  private boolean gone;
  private volatile Runnable onGone = () -> {};

  MeetingParticipant(
      MeetingSettings settings,
      Connections connections,
      MeetingThreads threads,
      Nicknames nicknames,
      Newcomer newcomer,
      MeetingAddress meeting,
      ParticipantListener listener) {
    this.settings = settings;
    this.connections = connections;
    this.threads = threads;
    this.line = threads.line();
    this.nicknames = nicknames;
    this.newcomer = newcomer;
    this.meeting = meeting;
    this.listener = listener;
  }

  /** Joins, and waits to be invited. Waits for nothing itself. */
  CompletableFuture<Invitation> join() {
    Runnable giveUp =
        threads.later(
            settings.joinTimeout(),
            () ->
                fail(
                    XmppErrors.unavailable(
                        "The meeting has not invited this publisher: it has no bridge, or nobody"
                            + " else is in it. Try again.",
                        null)));
    var unused =
        invited.whenComplete(
            (invitation, failure) -> {
              giveUp.run();
              if (failure != null) {
                leave();
              }
            });
    line.execute(this::enter);
    return invited;
  }

  /** What to do once it has left. */
  void onGone(Runnable task) {
    onGone = task;
  }

  private void enter() {
    try {
      if (!invited.isDone()) {
        int limit = (int) settings.joinTimeout().toMillis();
        AbstractXMPPConnection opened = connections.open(newcomer.token(), meeting, limit);
        enter(opened, limit);
      }
    } catch (BridgeException e) {
      fail(e);
    }
  }

  private void enter(AbstractXMPPConnection opened, int limit) throws BridgeException {
    Resourcepart nick = nicknames.of(opened);
    ParticipantPresence words =
        new ParticipantPresence(
            newcomer.displayName().or(settings::displayName).orElse(newcomer.stream().value()),
            "whip-" + nick,
            settings.avatarUrl(),
            settings.region(),
            newcomer.videoCodecs());
    synchronized (this) {
      connection = opened;
      if (gone) {
        opened.instantShutdown();
        return;
      }
    }
    EntityBareJid place =
        BreakoutRooms.find(opened, meeting, settings.focusUser(), nick, words, limit);
    MeetingRoom entered = new MeetingRoom(opened, place, nick, settings.focusUser());
    synchronized (this) {
      room = entered;
      presence = words;
      sources = nicknames.expected(nick, newcomer.sending());
    }
    ConnectionLoss.watch(opened, threads, detail -> ended(EndReason.EXPIRED, detail));
    FocusInbox.open(opened, entered::isFocus, this);
    ConferenceRequests.ask(opened, settings.focus(), place);
    if (invited.isDone()) {
      return; // Given up meanwhile: nobody is to see it come and go.
    }
    entered.join(
        stanza -> words.write(stanza, sources(), muted(), newcomer.screen()),
        ending -> ended(EndReason.EXPIRED, ending.detail()),
        limit);
    LOG.info("Publisher {} has joined {}", nick, place);
  }

  /** The name of its conference on the bridge, where it is in that meeting. */
  synchronized Optional<String> conference(MeetingAddress asked) {
    return Optional.ofNullable(room)
        .filter(in -> !gone && meeting.equals(asked))
        .map(in -> in.self().asBareJid().toString());
  }

  private synchronized List<SourcePlan> sources() {
    return sources;
  }

  private synchronized Set<MediaKind> muted() {
    return Set.copyOf(muted);
  }

  private void fail(BridgeException reason) {
    invited.completeExceptionally(reason);
  }

  @Override
  public void invited(JingleOffer offer) {
    line.execute(() -> offered(offer));
  }

  private void offered(JingleOffer offer) {
    JingleInvitation invitation;
    boolean again;
    synchronized (this) {
      if (gone || connection == null || room == null) {
        return;
      }
      again = session != null;
      invitation =
          new JingleInvitation(
              this::show, this::leave, connection, room, offer, newcomer.screen(), settings);
      if (!again) {
        session = invitation;
      }
    }
    if (again) {
      // Its client holds the credentials of the endpoint before, and cannot be told others.
      ended(EndReason.EXPIRED, "the meeting has put it on another endpoint; connect again");
    } else if (!invited.complete(invitation)) {
      leave();
    }
  }

  @Override
  public void terminated(String sid, String reason) {
    JingleInvitation present;
    synchronized (this) {
      present = session;
    }
    if (present != null && present.sid().equals(sid)) {
      ended(EndReason.EXPIRED, "the meeting has ended it: " + reason);
    }
  }

  @Override
  public void mute(MediaKind kind, boolean mute) {
    synchronized (this) {
      if (!(mute ? muted.add(kind) : muted.remove(kind))) {
        return;
      }
    }
    LOG.info("Publisher {}: a moderator has {} its {}", name(), mute ? "muted" : "unmuted", kind);
    line.execute(this::tell);
  }

  /** The others are told that these are its sources. */
  private void show(List<SourcePlan> now) {
    synchronized (this) {
      if (sources.equals(now)) {
        return;
      }
      sources = now;
    }
    line.execute(this::tell);
  }

  private void tell() {
    MeetingRoom in;
    ParticipantPresence words;
    synchronized (this) {
      in = gone ? null : room;
      words = presence;
    }
    if (in != null && words != null) {
      in.tell(stanza -> words.write(stanza, sources(), muted(), newcomer.screen()));
    }
  }

  private synchronized String name() {
    return room == null ? "?" : room.self().getResourcepart().toString();
  }

  /** Somebody else has ended it. */
  private void ended(EndReason reason, String detail) {
    synchronized (this) {
      if (gone) {
        return;
      }
    }
    if (!invited.isDone()) {
      fail(XmppErrors.refused("This publisher is not in the meeting: " + detail + ".", null));
      return;
    }
    leave();
    listener.ended(reason, detail);
  }

  /** Leaves the room and disconnects; waits for nothing. Idempotent. */
  void leave() {
    synchronized (this) {
      if (gone) {
        return;
      }
      gone = true;
    }
    line.execute(this::exit);
  }

  private void exit() {
    AbstractXMPPConnection open;
    MeetingRoom in;
    synchronized (this) {
      open = connection;
      in = room;
    }
    if (in != null && open != null && open.isAuthenticated()) {
      in.leave();
      LOG.info("Publisher {} has left {}", name(), in.self().asBareJid());
    }
    if (open != null) {
      open.disconnect();
    }
    onGone.run();
  }
}
