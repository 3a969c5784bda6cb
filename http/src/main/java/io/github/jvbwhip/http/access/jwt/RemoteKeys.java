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
import io.github.jvbwhip.core.text.Sha256;
import io.github.jvbwhip.core.threads.DaemonThreads;
import io.github.jvbwhip.http.access.Complaints;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that another server has. They are asked for on threads of their own, which are few, and
 * kept; what it does not have, or does not tell, is not asked for again at once. Thread-safe.
 */
final class RemoteKeys implements KeySource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);

  private static final int THREADS = 2;
  private static final int WAITING = 100;
  private static final int MOST_KEPT = 256;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Asks; may block. */
  private interface Lookup {
    List<Key> find(JWSHeader header) throws KeySourceException, IOException;
  }

  private record Entry(List<Key> keys, long until) {}

  private final Lookup lookup;
  private final Complaints complaints;
  private final Clock clock;
  private final Duration fresh;
  private final ThreadPoolExecutor executor;
  private volatile boolean answered;

  /** What was found, the least used first. */
  private final Map<String, Entry> kept = BoundedMap.forgettingTheLeastUsed(MOST_KEPT);

  private RemoteKeys(URI url, Clock clock, Duration fresh, Lookup lookup) {
    this.complaints = new Complaints(LOG, "The server of keys at " + url.getHost());
    this.clock = clock;
    this.fresh = fresh;
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
        header ->
            source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null).stream()
                .map(PublicKeys::of)
                .flatMap(Optional::stream)
                .map(Key.class::cast)
                .toList());
  }

  /** A server of PEM files, each under {@code SHA-256(kid).pem}. */
  static RemoteKeys ofServer(URI url, Clock clock) {
    return new RemoteKeys(url, clock, Duration.ofHours(1), new KeyServer(url, clock));
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
    Optional<List<Key>> recent = recent(name(header));
    if (recent.isPresent()) {
      return CompletableFuture.completedFuture(recent.get());
    }
    CompletableFuture<List<Key>> found = new CompletableFuture<>();
    try {
      executor.execute(() -> find(header, found));
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(unknown());
    }
    return found;
  }

  @SuppressWarnings("IllegalCatch") // Whatever it is, somebody waits for the answer.
  private void find(JWSHeader header, CompletableFuture<List<Key>> found) {
    try {
      List<Key> keys = lookup.find(header);
      answered = true;
      if (!keys.isEmpty()) {
        keep(name(header), keys);
      }
      found.complete(keys);
    } catch (RemoteKeySourceException | JWKSetUnavailableException | IOException e) {
      complaints.say(String.valueOf(e.getMessage()));
      giveUp(header, found);
    } catch (JOSEException e) {
      // It has no such key, or was asked too often for what it has not.
      if (answered) {
        found.complete(List.of());
      } else {
        giveUp(header, found);
      }
    } catch (RuntimeException | Error e) {
      found.completeExceptionally(e);
    }
  }

  /** What was there before is better than nothing. */
  private void giveUp(JWSHeader header, CompletableFuture<List<Key>> found) {
    List<Key> before;
    synchronized (kept) {
      Entry entry = kept.get(name(header));
      before = entry == null ? List.of() : entry.keys;
    }
    if (before.isEmpty()) {
      found.completeExceptionally(unknown());
    } else {
      found.complete(before);
    }
  }

  private static String name(JWSHeader header) {
    return header.getAlgorithm() + " " + header.getKeyID();
  }

  /** In the caller's thread: who has a key that is known waits for nobody else's. */
  private Optional<List<Key>> recent(String name) {
    synchronized (kept) {
      Entry entry = kept.get(name);
      return entry != null && clock.millis() < entry.until
          ? Optional.of(entry.keys)
          : Optional.empty();
    }
  }

  /** Keys alone: what is not there takes no place of what is. */
  private void keep(String name, List<Key> keys) {
    synchronized (kept) {
      kept.put(name, new Entry(keys, clock.millis() + fresh.toMillis()));
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

  /** Jitsi's way to publish keys. */
  private static final class KeyServer implements Lookup {
    private static final Duration MISSED = Duration.ofMinutes(1);

    /** How many requests it gets within a second at most, whatever ids strangers think of. */
    private static final int REQUESTS = 5;

    private final KeyFetcher fetcher = new KeyFetcher();
    private final String base;
    private final Clock clock;

    /** Until when an id is not asked for again. */
    private final Map<String, Long> missed = BoundedMap.forgettingTheLeastUsed(MOST_KEPT);

    private long second;
    private int requests;

    KeyServer(URI url, Clock clock) {
      this.base = url.toString().replaceAll("/+$", "");
      this.clock = clock;
    }

    @Override
    public List<Key> find(JWSHeader header) throws IOException, KeySourceException {
      String id = header.getKeyID();
      if (id == null || id.isEmpty() || isMissed(id)) {
        return List.of();
      }
      count();
      URI file = URI.create(base + "/" + Sha256.hex(id) + ".pem");
      Optional<String> text = fetcher.fetch(file);
      if (text.isPresent()) {
        try {
          return List.of(PublicKeys.ofPem(text.get()));
        } catch (GeneralSecurityException e) {
          LOG.warn("A file of the key server is no public key: {}", e.getMessage());
        }
      }
      miss(id);
      return List.of();
    }

    private synchronized boolean isMissed(String id) {
      Long until = missed.get(id);
      return until != null && clock.millis() < until;
    }

    private synchronized void miss(String id) {
      missed.put(id, clock.millis() + MISSED.toMillis());
    }

    private synchronized void count() throws KeySourceException {
      long now = clock.instant().getEpochSecond();
      requests = now == second ? requests + 1 : 1;
      second = now;
      if (requests > REQUESTS) {
        throw new RemoteKeySourceException("too many unknown keys were asked for", null);
      }
    }
  }
}
