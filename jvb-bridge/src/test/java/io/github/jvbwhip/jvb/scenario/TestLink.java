package io.github.jvbwhip.jvb.scenario;

import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RoomSide;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What those who link rooms do for one side of a link: hands on what it tells. */
public final class TestLink implements RelayListener {
  private final List<RoomSide> told = new ArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<List<RelayLink.Refusal>>> answers =
      new CopyOnWriteArrayList<>();
  private @Nullable RelayLink other;

  /** From now on the other side is told. */
  synchronized void handTo(RelayLink there) {
    other = there;
    if (!told.isEmpty()) {
      answers.add(there.tell(told.get(told.size() - 1)));
    }
  }

  @Override
  public synchronized void changed(RoomSide ours) {
    told.add(ours);
    if (other != null) {
      answers.add(other.tell(ours));
    }
  }

  @Override
  public void ended(String detail) {
    ended.add(detail);
  }

  /** What was told, in order. */
  public synchronized List<RoomSide> told() {
    return List.copyOf(told);
  }

  /** What it has said of its end. */
  public List<String> ends() {
    return List.copyOf(ended);
  }

  /** What the other side refused last; nothing while it has not answered. */
  public List<RelayLink.Refusal> refused() {
    return answers.stream()
        .filter(answer -> answer.isDone() && !answer.isCompletedExceptionally())
        .reduce((before, last) -> last)
        .map(CompletableFuture::join)
        .orElse(List.of());
  }
}
