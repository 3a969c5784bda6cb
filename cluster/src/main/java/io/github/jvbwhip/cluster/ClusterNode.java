package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Answers;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A member, whatever its clock is and whichever way it asks others. Confined to the loop, but for
 * {@link #view} and what the bridge asks, which are thread-safe.
 */
final class ClusterNode implements ClusteredBridge.Members {
  private final TreeParts with;
  private final ClusterMetrics metrics;
  private final Tree tree;
  private final Refuges refuges = new Refuges();
  private final Admission admission;
  private final boolean looksUp;
  private final AtomicBoolean usesTold = new AtomicBoolean();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private @Nullable Registration uses;
  private volatile ClusterView view;
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
    this.admission = new Admission(with, tree, refuges);
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
    refuges.update(tree.members().all());
    Views.measure(view, metrics);
    with.loop().later(with.config().heartbeatInterval(), this::tick);
  }

  @Override
  public CompletableFuture<Void> approach(RoomName room, Approach approach, boolean seen) {
    return begun(() -> admission.approach(room, approach, seen));
  }

  @Override
  public CompletableFuture<Void> bring(RoomName room) {
    return begun(() -> tree.approach(room));
  }

  @Override
  public CompletableFuture<Optional<String>> instead(
      RoomName room, Approach approach, boolean seen) {
    return begun(() -> CompletableFuture.completedFuture(admission.instead(room, approach, seen)));
  }

  /** Does it on the loop, when it is known who is there. */
  private <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    var unused =
        begun
            .thenComposeAsync(any -> work.get(), with.loop())
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    result.complete(value);
                  } else {
                    result.completeExceptionally(Problems.cause(failure));
                  }
                });
    return result;
  }

  @Override
  public Optional<String> refuge(RoomName room, boolean seen) {
    return admission.refuge(room, seen);
  }

  @Override
  public Registration observeReconnects(RoomName room, Consumer<ReconnectRequest> observer) {
    return with.reconnects().observe(room, observer);
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
