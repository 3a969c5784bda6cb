package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.core.text.Sha256;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jitsi's way to publish keys, each in a file of its own. Thread-safe. */
final class AsapServer implements RemoteKeys.Lookup {
  private static final Duration MISSED = Duration.ofMinutes(1);

  /** How many requests it gets within a second at most, of the ids that strangers think of. */
  private static final int REQUESTS = 5;

  private static final int MOST_MISSED = 256;

  private static final Logger LOG = LoggerFactory.getLogger(AsapServer.class);

  private final KeyFetcher fetcher = new KeyFetcher();
  private final String base;
  private final Clock clock;

  /** Until when an id is not asked for again. */
  private final Map<String, Long> missed = BoundedMap.forgettingTheLeastUsed(MOST_MISSED);

  private long second;
  private int requests;

  AsapServer(URI url, Clock clock) {
    this.base = url.toString().replaceAll("/+$", "");
    this.clock = clock;
  }

  @Override
  public List<Key> find(JWSHeader header, boolean known) throws IOException, KeySourceException {
    String id = header.getKeyID();
    if (id == null || id.isEmpty() || isMissed(id)) {
      return List.of();
    }
    if (!known) {
      count();
    }
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
