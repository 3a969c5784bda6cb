package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.LinkAnswer;
import io.github.jvbwhip.cluster.wire.LinkRequest;
import io.github.jvbwhip.cluster.wire.Unlink;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.text.RandomHex;
import io.github.jvbwhip.http.access.OtherServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one link of a room that leads towards its home: made while it is wanted, ended when it has
 * not been for a while, made anew when it breaks.
 *
 * <pre>
 * IDLE       wanted                            BEGINNING
 * BEGINNING  the bridge has allocated          ASKING
 * ASKING     referred to another member        ASKING
 * ASKING     taken                             LINKED
 * BEGINNING, ASKING  refused, failed, too late, not wanted   IDLE, for a while
 * LINKED     not wanted                        LINKED, lingering
 * LINKED     lingered, broken                  IDLE
 * </pre>
 *
 * <p>Confined to the loop.
 */
final class Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final int ID_BYTES = 16;
  private static final int MOST_HOPS = 32;

  /** A link that has lasted so long may be made anew at once. */
  private static final Duration GOOD = Duration.ofSeconds(10);

  /** Of whom it is. */
  interface Owner extends TreeLink.Owner {
    /** Whether nobody has the room from this member. */
    boolean isLeaf();

    /** Nobody is to have it from here any more. */
    void dropAll(String why);

    /** Whether another member is alive. */
    boolean isHealthy(String member);

    /** It is there, there no more, or may be tried again. */
    void uplinkChanged();
  }

  private enum State {
    IDLE,
    BEGINNING,
    ASKING,
    LINKED
  }

  private final RoomName room;
  private final TreeParts with;
  private final Owner owner;
  private final LinkPause pause;
  private State state = State.IDLE;
  private @Nullable TreeLink link;
  private @Nullable CompletableFuture<RelayLink> opening;
  private Loop.@Nullable Timer lingering;
  private Loop.@Nullable Timer patience;
  private boolean ready;
  private boolean wanted;
  private String complaint = "";

  Uplink(RoomName room, TreeParts with, Owner owner) {
    this.room = room;
    this.with = with;
    this.owner = owner;
    this.pause = new LinkPause(with, owner::uplinkChanged);
  }

  boolean isIdle() {
    return state == State.IDLE;
  }

  boolean isLinked() {
    return state == State.LINKED;
  }

  /** Whether what is at home is known here. */
  boolean isReady() {
    return ready;
  }

  @Nullable TreeLink link() {
    return link;
  }

  /** The members from this one to the home; empty where there is no way. */
  List<String> path() {
    TreeLink known = link;
    if (state != State.LINKED || known == null || known.theirPath().isEmpty()) {
      return List.of();
    }
    List<String> path = new ArrayList<>(known.theirPath());
    path.add(0, with.self().self());
    return path;
  }

  /**
   * Whether it is wanted from now on.
   *
   * @param home who is asked first
   */
  void want(boolean now, String home) {
    wanted = now;
    switch (state) {
      case IDLE -> {
        if (!wanted) {
          pause.forget();
        } else if (pause.isOver()) {
          begin(home);
        }
      }
      case BEGINNING, ASKING -> {
        if (!wanted) {
          end("nobody wants it", true);
        }
      }
      case LINKED -> {
        if (wanted) {
          lingering = stop(lingering);
        } else if (lingering == null) {
          lingering = with.loop().later(with.config().linger(), () -> end("nobody wants it", true));
        }
      }
    }
  }

  private void begin(String home) {
    TreeLink fresh =
        new TreeLink(
            RandomHex.of(ID_BYTES, with.random()),
            room,
            home,
            true,
            with.loop(),
            with.calls(),
            owner);
    link = fresh;
    state = State.BEGINNING;
    patience =
        with.loop()
            .later(
                with.config().joinTimeout().multipliedBy(2),
                () -> failed(fresh, "it takes too long"));
    CompletableFuture<RelayLink> allocating = with.relays().begin(room, fresh.id(), fresh);
    opening = allocating;
    var unused =
        allocating.whenComplete(
            (media, failure) -> with.loop().execute(() -> begun(fresh, media, failure)));
  }

  private void begun(TreeLink fresh, @Nullable RelayLink media, @Nullable Throwable failure) {
    if (media != null) {
      fresh.attach(media);
    }
    if (fresh.isClosed()) {
      return;
    }
    if (media == null) {
      failed(fresh, failure == null ? "the bridge" : OtherServer.reason(failure));
    } else {
      ask(fresh, media, fresh.peer(), 0);
    }
  }

  private void ask(TreeLink fresh, RelayLink media, String member, int hops) {
    state = State.ASKING;
    fresh.turnTo(member);
    LinkRequest request =
        new LinkRequest(
            room, fresh.id(), with.self().incarnation(), media.localTransport(), owner.isLeaf());
    var unused =
        with.calls()
            .link(member, request)
            .whenComplete(
                (answer, failure) ->
                    with.loop().execute(() -> answered(fresh, media, hops, answer, failure)));
  }

  private void answered(
      TreeLink fresh,
      RelayLink media,
      int hops,
      @Nullable LinkAnswer answer,
      @Nullable Throwable failure) {
    if (fresh.isClosed()) {
      return; // Whom it was asked from has been told.
    }
    if (answer instanceof LinkAnswer.Linked linked) {
      linked(fresh, linked);
    } else if (answer instanceof LinkAnswer.Elsewhere elsewhere) {
      refer(fresh, media, hops + 1, elsewhere);
    } else if (answer instanceof LinkAnswer.Refused refused) {
      failed(fresh, refused.why());
    } else {
      failed(fresh, failure == null ? "no answer" : OtherServer.reason(failure));
    }
  }

  private void refer(TreeLink fresh, RelayLink media, int hops, LinkAnswer.Elsewhere elsewhere) {
    String member = elsewhere.member();
    boolean good =
        hops <= MOST_HOPS && !member.equals(with.self().self()) && owner.isHealthy(member);
    if (!good) {
      failed(fresh, "it is referred to " + member);
      return;
    }
    if (elsewhere.full() && !owner.isLeaf()) {
      // Below another member that might be below this one.
      owner.dropAll("there is no room at the home of the room");
    }
    ask(fresh, media, member, hops);
  }

  private void linked(TreeLink fresh, LinkAnswer.Linked linked) {
    if (linked.side().path().contains(with.self().self())) {
      failed(fresh, "it would lead here");
      return;
    }
    LOG.info("Room {} is linked to {} ({})", room, fresh.peer(), fresh.id());
    complaint = "";
    state = State.LINKED;
    patience = stop(patience);
    fresh.connect(linked.transport());
    var unused =
        fresh
            .told(linked.side())
            .thenAccept(
                refused -> {
                  if (!fresh.isClosed()) {
                    ready = true;
                    owner.uplinkChanged();
                  }
                });
    fresh.open();
    owner.uplinkChanged();
  }

  private void failed(TreeLink fresh, String why) {
    if (!fresh.isClosed()) {
      end(why, true);
    }
  }

  /**
   * Ends it; where it is wanted, it is made anew.
   *
   * @param tell whether the other side does not know
   */
  void end(String why, boolean tell) {
    TreeLink old = link;
    if (old == null) {
      return;
    }
    boolean good = state == State.LINKED && old.age() > GOOD.toNanos();
    if (state == State.LINKED) {
      LOG.info("Room {} is not linked to {} any more ({}): {}", room, old.peer(), old.id(), why);
    } else if (wanted
        && !why.equals(complaint)) { // Once for each reason: it is tried again and again.
      complaint = why;
      LOG.warn("Room {} cannot be linked to {}: {}", room, old.peer(), why);
    } else {
      LOG.debug("Room {} was not linked to {} ({}): {}", room, old.peer(), old.id(), why);
    }
    if (tell && state != State.BEGINNING) {
      var unused = with.calls().unlink(old.peer(), new Unlink(old.id(), why));
    }
    state = State.IDLE;
    link = null;
    ready = false;
    lingering = stop(lingering);
    patience = stop(patience);
    CompletableFuture<RelayLink> allocating = opening;
    opening = null;
    old.close();
    if (allocating != null) {
      allocating.cancel(true);
    }
    pause.begin(good);
    owner.uplinkChanged();
  }

  private static Loop.@Nullable Timer stop(Loop.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
    return null;
  }
}
