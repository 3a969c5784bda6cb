package io.github.jvbwhip.integration.hostile;

import io.github.jvbwhip.core.threads.TestThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** POSTs from one address, over many connections at a time, for a while. Thread-safe. */
final class Flood implements AutoCloseable {
  /** One POST; each {@code #} in the path is a number that no other one has. */
  record Post(String path, String fields, String body) {}

  private final ExecutorService threads = Executors.newCachedThreadPool(TestThreads.daemons());
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
  private final AtomicInteger withoutRetryAfter = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger number = new AtomicInteger();
  private final CountDownLatch refused = new CountDownLatch(1);
  private final CountDownLatch left;

  /** Begins. */
  Flood(RawClient client, int connections, Duration time, List<Post> posts) {
    left = new CountDownLatch(connections);
    long end = System.nanoTime() + time.toNanos();
    for (int i = 0; i < connections; i++) {
      threads.execute(
          () -> {
            while (System.nanoTime() < end) {
              int at = number.incrementAndGet();
              post(client, posts.get(at % posts.size()), at);
            }
            left.countDown();
          });
    }
  }

  private void post(RawClient client, Post post, int at) {
    try {
      String path = post.path().replace("#", String.valueOf(at));
      String response = client.request("POST", path, post.fields(), post.body());
      int status = RawClient.status(response);
      statuses.merge(status, 1, Integer::sum);
      if (status == 429 || status == 503) {
        refused.countDown();
        if (!response.toLowerCase(Locale.ROOT).contains("\r\nretry-after: ")) {
          withoutRetryAfter.incrementAndGet();
        }
      }
    } catch (IOException | ArrayIndexOutOfBoundsException e) {
      unanswered.incrementAndGet();
    }
  }

  /** Waits until the first one has been told to come later; whether it has. */
  boolean awaitRefusal(Duration patience) throws InterruptedException {
    return refused.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for its end; whether that came. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How often which status was the answer. */
  Map<Integer, Integer> statuses() {
    return Map.copyOf(statuses);
  }

  int count(int status) {
    return statuses.getOrDefault(status, 0);
  }

  /** How many were told to come later, and not when. */
  int withoutRetryAfter() {
    return withoutRetryAfter.get();
  }

  /** How many connections ended without an answer. */
  int unanswered() {
    return unanswered.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
