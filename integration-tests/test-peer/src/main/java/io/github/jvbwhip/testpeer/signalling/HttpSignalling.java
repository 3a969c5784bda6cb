package io.github.jvbwhip.testpeer.signalling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 requests as WHIP and WHEP clients make them, redirects followed. Thread-safe. All share
 * one client, which keeps its threads for the life of the JVM.
 */
public final class HttpSignalling {
  /** RFC 8866. */
  public static final String SDP = "application/sdp";

  /** RFC 8840. */
  public static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .connectTimeout(TIMEOUT)
          .build();

  private HttpSignalling() {}

  /** POST of an offer. */
  public static Reply post(URI uri, String sdp, Map<String, String> headers) {
    return send("POST", uri, SDP, sdp, headers);
  }

  /** PATCH of an ICE fragment. */
  public static Reply patch(URI uri, String fragment, Map<String, String> headers) {
    return send("PATCH", uri, FRAGMENT, fragment, headers);
  }

  /** DELETE of a session. */
  public static Reply delete(URI uri, Map<String, String> headers) {
    return send("DELETE", uri, null, null, headers);
  }

  /**
   * Any request; a null {@code contentType} sends no such field, a null {@code body} no body.
   *
   * @throws UncheckedIOException when no response came
   */
  public static Reply send(
      String method,
      URI uri,
      @Nullable String contentType,
      @Nullable String body,
      Map<String, String> headers) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).method(method, publisher);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Reply(response.uri(), response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
