package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.core.threads.DaemonThreads;
import io.github.jvbwhip.http.access.Complaints;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that another server has. They are asked for on threads of their own, which are few, and
 * kept, for a bounded time also where it cannot be asked; what it does not have, or does not tell,
 * is not asked for again at once. Thread-safe.
 */
final class RemoteKeys implements KeySource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);

  private static final int THREADS = 2;
  private static final int WAITING = 100;

  /** Of these, whose keys are not known: the others find a place. */
  private static final int STRANGERS = 50;

  private static final int MOST_KEPT = 256;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** How long is waited for the answer where there are keys that hold still. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Asks; may block. */
  interface Lookup {
    /**
     * The keys of a header.
     *
     * @param known whether it had one before: of these there are few
     */
    List<Key> find(JWSHeader header, boolean known) throws KeySourceException, IOException;
  }

  /**
   * What was found.
   *
   * @param asked when it is asked for again
   * @param end when it no longer holds, even if nobody can be asked
   */
  private record Entry(List<Key> keys, long asked, long end) {}

  private final Lookup lookup;
  private final Complaints complaints;
  private final Clock clock;
  private final Duration fresh;
  private final Duration most;
  private final ThreadPoolExecutor executor;
  private final AtomicInteger strangers = new AtomicInteger();
  private volatile boolean answered;

  /** What was found, the least used first. */
  private final Map<String, Entry> kept = BoundedMap.forgettingTheLeastUsed(MOST_KEPT);

  private RemoteKeys(URI url, Clock clock, Duration fresh, Duration most, Lookup lookup) {
    this.complaints = new Complaints(LOG, "The server of keys at " + url.getHost());
    this.clock = clock;
    this.fresh = fresh;
    this.most = most;
    this.lookup = lookup;
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            DaemonThreads.numbered("jwt-keys", fault -> LOG.error("A thread ended", fault)));
    executor.allowCoreThreadTimeOut(true);
  }

  /** A JWK set, which is kept for a quarter of an hour, and for a day where it cannot be had. */
  static RemoteKeys ofSet(URI url, Clock clock) {
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.create(toUrl(url), new KeyFetcher())
            .cache(Duration.ofMinutes(15).toMillis(), Duration.ofSeconds(15).toMillis())
            .rateLimited(Duration.ofSeconds(10).toMillis())
            .outageTolerant(Duration.ofDays(1).toMillis())
            .build();
    return new RemoteKeys(
        url,
        clock,
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        (header, known) ->
            source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null).stream()
                .map(PublicKeys::of)
                .flatMap(Optional::stream)
                .map(Key.class::cast)
                .toList());
  }

  /**
   * A server of PEM files, each under {@code SHA-256(kid).pem}, which are kept for a quarter of an
   * hour, and for an hour where it cannot be asked.
   */
  static RemoteKeys ofServer(URI url, Clock clock) {
    return new RemoteKeys(
        url, clock, Duration.ofMinutes(15), Duration.ofHours(1), new AsapServer(url, clock));
  }

  private static URL toUrl(URI uri) {
    try {
      return uri.toURL();
    } catch (IOException e) {
      throw new IllegalArgumentException("no URL: " + uri, e);
    }
  }

  @Override
  public CompletableFuture<List<Key>> keys(JWSHeader header) {
    String name = name(header);
    boolean known;
    Optional<List<Key>> before;
    synchronized (kept) {
      Entry entry = kept.get(name);
      long now = clock.millis();
      if (entry != null && now < Math.min(entry.asked, entry.end)) {
        return CompletableFuture.completedFuture(entry.keys);
      }
      before = holding(name);
      known = entry != null && now >= entry.asked;
      if (entry != null && known) { // One asks; meanwhile what is there holds for the others.
        kept.put(name, new Entry(entry.keys, now + AGAIN.toMillis(), entry.end));
      }
    }
    CompletableFuture<List<Key>> found = new CompletableFuture<>();
    try {
      ask(header, known, found);
    } catch (RejectedExecutionException e) {
      giveUp(header, found);
    }
    // Others are asked for before it, maybe, and the server may hang.
    before.ifPresent(
        keys -> found.completeOnTimeout(keys, PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    return found;
  }

  private void ask(JWSHeader header, boolean known, CompletableFuture<List<Key>> found) {
    if (known) {
      executor.execute(() -> find(header, true, found));
      return;
    }
    if (strangers.incrementAndGet() > STRANGERS) {
      strangers.decrementAndGet();
      throw new RejectedExecutionException();
    }
    var unused = found.whenComplete((keys, failure) -> strangers.decrementAndGet());
    executor.execute(() -> find(header, false, found));
  }

  @SuppressWarnings("IllegalCatch") // Whatever it is, somebody waits for the answer.
  private void find(JWSHeader header, boolean known, CompletableFuture<List<Key>> found) {
    try {
      List<Key> keys = lookup.find(header, known);
      answered = true;
      keep(name(header), keys);
      found.complete(keys);
    } catch (RemoteKeySourceException | JWKSetUnavailableException | IOException e) {
      complaints.say(String.valueOf(e.getMessage()));
      giveUp(header, found);
    } catch (JOSEException e) {
      // It has no such key, or was asked too often for what it has not.
      if (answered) {
        keep(name(header), List.of());
        found.complete(List.of());
      } else {
        giveUp(header, found);
      }
    } catch (RuntimeException | Error e) {
      found.completeExceptionally(e);
    }
  }

  /** What was there before is better than nothing, as long as it holds. */
  private void giveUp(JWSHeader header, CompletableFuture<List<Key>> found) {
    Optional<List<Key>> before;
    synchronized (kept) {
      before = holding(name(header));
    }
    before.ifPresentOrElse(found::complete, () -> found.completeExceptionally(unknown()));
  }

  /** To be called with the lock of what is kept. */
  private Optional<List<Key>> holding(String name) {
    Entry entry = kept.get(name);
    return entry != null && clock.millis() < entry.end ? Optional.of(entry.keys) : Optional.empty();
  }

  private static String name(JWSHeader header) {
    return header.getAlgorithm() + " " + header.getKeyID();
  }

  /** Keys alone: what is not there takes no place of what is, and what is gone has none. */
  private void keep(String name, List<Key> keys) {
    synchronized (kept) {
      if (keys.isEmpty()) {
        kept.remove(name);
      } else {
        long now = clock.millis();
        kept.put(name, new Entry(keys, now + fresh.toMillis(), now + most.toMillis()));
      }
    }
  }

  private static ProblemException unknown() {
    return ProblemException.retryable(
        ProblemType.BUSY, "Whether the token is good cannot be told now.", Optional.of(AGAIN));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
