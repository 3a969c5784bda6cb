package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Answers;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.http.problems.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A member, whatever its clock is and whichever way it asks others. Confined to the loop, but for
 * {@link #approach}, {@link #elsewhere} and {@link #view}, which are thread-safe.
 */
final class ClusterNode {
  private final TreeParts with;
  private final ClusterMetrics metrics;
  private final Tree tree;
  private final Admission admission;
  private final boolean looksUp;
  private final AtomicBoolean usesTold = new AtomicBoolean();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private @Nullable Registration uses;
  private volatile ClusterView view;
  private volatile Optional<String> elsewhere = Optional.empty();
  private boolean closed;

  /**
   * @param availability the bridge's
   * @param looksUp whether members are found later, too
   */
  ClusterNode(
      TreeParts with,
      Supplier<Availability> availability,
      ClusterMetrics metrics,
      boolean looksUp) {
    this.with = with;
    this.metrics = metrics;
    this.tree = new Tree(with, availability, metrics);
    this.admission = new Admission(with, tree);
    this.looksUp = looksUp;
    this.view = new ClusterView(with.self().self(), List.of(), List.of());
  }

  /** What answers the others. */
  Answers answers() {
    return tree;
  }

  Tree tree() {
    return tree;
  }

  /** Begins. Thread-safe. */
  void start() {
    with.loop().execute(this::begin);
  }

  private void begin() {
    // Whoever comes at once waits until it is known who is there, and no longer than for a link.
    with.loop().later(with.config().joinTimeout(), () -> begun.complete(null));
    if (!looksUp) {
      found(List.of());
    }
    uses = with.relays().observeUses(this::usesChanged);
    usesChanged();
    tick();
  }

  /** Members may be there, and where the configuration says. */
  void found(List<String> urls) {
    Set<String> all = new LinkedHashSet<>(with.config().members());
    all.addAll(urls);
    tree.members().look(all);
    var unused = tree.members().settled().thenRun(() -> begun.complete(null));
  }

  /** On whichever thread. */
  private void usesChanged() {
    if (!usesTold.getAndSet(true)) {
      with.loop()
          .execute(
              () -> {
                usesTold.set(false);
                tree.used(with.relays().uses());
              });
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    tree.tick();
    view = Views.of(with.self().self(), tree, with.loop().nanoTime());
    elsewhere = admission.roomiest();
    Views.measure(view, metrics);
    with.loop().later(with.config().heartbeatInterval(), this::tick);
  }

  /** See {@link ClusteredBridge.Approaches}. */
  CompletableFuture<Void> approach(RoomName room, Approach approach, boolean seen) {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    var unused =
        begun
            .thenComposeAsync(any -> admission.approach(room, approach, seen), with.loop())
            .whenComplete(
                (there, failure) -> {
                  if (failure == null) {
                    arrived.complete(null);
                  } else {
                    arrived.completeExceptionally(Problems.cause(failure));
                  }
                });
    return arrived;
  }

  /** A member that players may go to, where there is one. */
  Optional<String> elsewhere() {
    return elsewhere;
  }

  ClusterView view() {
    return view;
  }

  /** Ends all; completes when the others know. */
  CompletableFuture<Void> close() {
    if (closed) {
      return CompletableFuture.completedFuture(null);
    }
    closed = true;
    Registration registered = uses;
    if (registered != null) {
      registered.close();
    }
    begun.complete(null);
    return tree.close();
  }
}
