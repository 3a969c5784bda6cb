package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import io.github.jvbwhip.http.access.OtherServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** GETs what another server has, within bounds of time and length. Blocks. Thread-safe. */
final class KeyFetcher implements ResourceRetriever {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_BYTES = 64 * 1024;
  private static final Set<Integer> ABSENT = Set.of(404, 410);

  private final OtherServer server = new OtherServer(PATIENCE, MOST_BYTES);

  /** What is there; empty where the server says that nothing is. */
  Optional<String> fetch(URI uri) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer = server.send(HttpRequest.newBuilder(uri));
    try {
      HttpResponse<byte[]> response = answer.get();
      if (ABSENT.contains(response.statusCode())) {
        return Optional.empty();
      } else if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return Optional.of(new String(response.body(), StandardCharsets.UTF_8));
    } catch (ExecutionException e) {
      throw new IOException(OtherServer.reason(e), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    String text =
        fetch(URI.create(url.toString())).orElseThrow(() -> new IOException("status 404"));
    return new Resource(text, null);
  }
}
