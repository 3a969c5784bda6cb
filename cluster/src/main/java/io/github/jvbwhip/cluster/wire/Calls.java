package io.github.jvbwhip.cluster.wire;

import java.util.concurrent.CompletableFuture;

/**
 * Asks other members. Thread-safe; waits for nothing. What is returned fails where there is no
 * answer in time, or not one of that member.
 */
public interface Calls {
  /**
   * Asks who is there.
   *
   * @param url which need not be the name of whoever it is
   */
  CompletableFuture<Hello> hello(String url);

  CompletableFuture<Heartbeat> heartbeat(String member, Heartbeat heartbeat);

  CompletableFuture<LinkAnswer> link(String member, LinkRequest request);

  CompletableFuture<SideMessage.Taken> side(String member, SideMessage message);

  CompletableFuture<Void> unlink(String member, Unlink message);
}
