package io.github.jvbwhip.cluster.wire;

import java.util.concurrent.CompletableFuture;

/** Answers other members, who are who they say. Thread-safe; waits for nothing. */
public interface Answers {
  CompletableFuture<Heartbeat> heartbeat(String member, Heartbeat heartbeat);

  CompletableFuture<LinkAnswer> link(String member, LinkRequest request);

  CompletableFuture<SideMessage.Taken> side(String member, SideMessage message);

  CompletableFuture<Void> unlink(String member, Unlink message);
}
