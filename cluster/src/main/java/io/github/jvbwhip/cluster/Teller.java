package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Side;
import io.github.jvbwhip.cluster.wire.SideMessage;
import io.github.jvbwhip.core.relay.RelayLink.Refusal;
import io.github.jvbwhip.core.relay.RoomSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the other side of a link informed: of what is new when one message is answered, the newest
 * goes next; what is not urgent waits. Confined to the loop.
 */
final class Teller {
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
  private static final long LONG_AGO = Long.MIN_VALUE / 4;

  private final String link;
  private final Loop loop;
  private final Supplier<Side> now;
  private final Function<SideMessage, CompletableFuture<SideMessage.Taken>> send;
  private final Consumer<SideMessage.Taken> taken;

  private final List<Refusal> refused = new ArrayList<>();
  private Side told = new Side(0, RoomSide.EMPTY, List.of(), 1);
  private long toldAt = LONG_AGO;
  private long version;
  private boolean sending;
  private boolean open;
  private Loop.@Nullable Timer timer;

  /**
   * @param now what is to be told; its version is the teller's
   * @param taken hears what has become of it
   */
  Teller(
      String link,
      Loop loop,
      Supplier<Side> now,
      Function<SideMessage, CompletableFuture<SideMessage.Taken>> send,
      Consumer<SideMessage.Taken> taken) {
    this.link = link;
    this.loop = loop;
    this.now = now;
    this.send = send;
    this.taken = taken;
  }

  /** What the other side is told in another way, from which on it is told by this. */
  Side begin() {
    told = versioned(now.get());
    open = true;
    return told;
  }

  /** The other side knows nothing yet, and is told by this from now on. */
  void open() {
    open = true;
    look();
  }

  /** Nothing is told any more. */
  void close() {
    open = false;
    stopTimer();
  }

  /** What the other side has told cannot be in the room. */
  void refuse(List<Refusal> refusals) {
    refusals.stream().filter(each -> !refused.contains(each)).forEach(refused::add);
    look();
  }

  /** Something may be new. */
  void look() {
    stopTimer();
    if (!open || sending) {
      return;
    }
    Side side = now.get();
    Urgency urgency = refused.isEmpty() ? Urgency.of(told, side) : Urgency.AT_ONCE;
    if (urgency == Urgency.NEVER) {
      return;
    }
    long wait = toldAt + urgency.between().toNanos() - loop.nanoTime();
    if (urgency == Urgency.AT_ONCE || wait <= 0) {
      tell(side);
    } else {
      lookLater(Duration.ofNanos(wait));
    }
  }

  private void tell(Side side) {
    Side fresh = versioned(side);
    List<Refusal> with = List.copyOf(refused);
    sending = true;
    toldAt = loop.nanoTime();
    var unused =
        send.apply(new SideMessage(link, fresh, with))
            .whenComplete(
                (answer, failure) ->
                    loop.execute(
                        () -> {
                          sending = false;
                          if (answer == null) {
                            lookLater(AFTER_FAILURE);
                          } else {
                            told = fresh;
                            refused.removeAll(with);
                            if (open) {
                              taken.accept(answer);
                            }
                            look();
                          }
                        }));
  }

  private Side versioned(Side side) {
    return new Side(++version, side.room(), side.path(), side.bridges());
  }

  private void lookLater(Duration time) {
    stopTimer();
    if (open) {
      timer = loop.later(time, this::look);
    }
  }

  private void stopTimer() {
    Loop.Timer running = timer;
    timer = null;
    if (running != null) {
      running.cancel();
    }
  }
}
