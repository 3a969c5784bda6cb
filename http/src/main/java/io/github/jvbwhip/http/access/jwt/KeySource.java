package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jose.JWSHeader;
import java.security.Key;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where the keys of tokens come from. Thread-safe. */
interface KeySource {
  /**
   * The keys that a token with that header may be signed with. Waits for nothing.
   *
   * @return empty where there are none; completes exceptionally with {@link
   *     io.github.jvbwhip.http.problems.ProblemException} where nobody can tell now
   */
  CompletableFuture<List<Key>> keys(JWSHeader header);
}
