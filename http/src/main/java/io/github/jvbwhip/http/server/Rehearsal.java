package io.github.jvbwhip.http.server;

import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.composition.Plugin;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.runtime.SessionListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publisher and a player that ask before anybody else can, in memory, and never connect. The
 * first answers of a process take seconds on a busy machine: HTTP, descriptions, the bridge's ICE
 * and its cryptography are loaded for them.
 */
public final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** A start is not to hang on it. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final String ROOM = "warm-up";
  private static final String NO_ANSWER = "no answer";

  private static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      a=ice-options:trickle ice2
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      c=IN IP4 0.0.0.0
      a=ice-ufrag:warm
      a=ice-pwd:warmwarmwarmwarmwarmwarm
      a=fingerprint:sha-256 %1$s
      a=setup:actpass
      a=mid:0
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=sendonly
      a=msid:warm audio
      a=rtcp-mux
      a=rtcp-mux-only
      a=rtpmap:111 opus/48000/2
      a=fmtp:111 minptime=10;useinbandfec=1
      m=video 9 UDP/TLS/RTP/SAVPF 96 97 102
      c=IN IP4 0.0.0.0
      a=ice-ufrag:warm
      a=ice-pwd:warmwarmwarmwarmwarmwarm
      a=fingerprint:sha-256 %1$s
      a=setup:actpass
      a=mid:1
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=sendonly
      a=msid:warm video
      a=rtcp-mux
      a=rtcp-mux-only
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 ccm fir
      a=rtcp-fb:96 nack
      a=rtcp-fb:96 nack pli
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      a=rtpmap:102 H264/90000
      a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
      """
          .formatted("00".concat(":00".repeat(31)))
          .replace("\n", "\r\n");

  /** Who rehearses: both protocols on the bridge, for one time. */
  @FunctionalInterface
  public interface Cast {
    /**
     * Makes the plugins; they are closed afterwards.
     *
     * @param authorizer lets everybody in
     * @param runtime counts no POSTs
     */
    List<Plugin> plugins(Authorizer authorizer, ServerRuntime runtime);
  }

  private Rehearsal() {}

  /** Returns when it is over, or has taken too long; what fails in it is only logged. */
  public static void hold(ServerRuntime runtime, Cast cast) {
    hold(runtime, cast, LIMIT);
  }

  static void hold(ServerRuntime runtime, Cast cast, Duration limit) {
    long start = System.nanoTime();
    CompletableFuture<String> played =
        CompletableFuture.supplyAsync(
            () -> play(runtime, cast, start + limit.toNanos()), runtime.executor());
    try {
      String statuses = played.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info(
          "Rehearsed the first answers in {} ms: {}",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
          statuses);
    } catch (TimeoutException e) {
      LOG.warn("The first answers can be slow: rehearsing them takes more than {}", limit);
    } catch (ExecutionException e) {
      LOG.warn("The first answers can be slow: rehearsing them failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String play(ServerRuntime real, Cast cast, long endNanos) {
    ServerRuntime silent =
        new ServerRuntime(
            real.clock(),
            real.random(),
            real.executor(),
            real.scheduler(),
            PostListener.NONE,
            SessionListener.NONE);
    Principal someone = new Principal(ROOM, ROOM);
    List<Plugin> plugins =
        cast.plugins(request -> CompletableFuture.completedFuture(someone), silent);
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    Server server = new Server(threads);
    LocalConnector connector = new LocalConnector(server);
    server.addConnector(connector);
    server.setHandler(
        WebServer.context(plugins.stream().flatMap(plugin -> plugin.mounts().stream()).toList()));
    try {
      server.start();
      String published = post(connector, "/whip/", OFFER, endNanos);
      String played =
          post(
              connector,
              "/whep/",
              OFFER.replace("sendonly", "recvonly").replaceAll("a=msid:.*\r\n", ""),
              endNanos);
      return published + ", " + played;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      plugins.forEach(Rehearsal::close);
      close(server::stop);
    }
  }

  /** The status line, or what stands for it. */
  private static String post(LocalConnector connector, String endpoint, String offer, long endNanos)
      throws Exception {
    long left = endNanos - System.nanoTime();
    if (left <= 0) {
      return NO_ANSWER; // Nobody waits for it any more.
    }
    String response =
        connector.getResponse(
            "POST %s%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(endpoint, ROOM, offer.getBytes(StandardCharsets.UTF_8).length, offer),
            left,
            TimeUnit.NANOSECONDS);
    return response == null ? NO_ANSWER : response.lines().findFirst().orElse(NO_ANSWER);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("What was rehearsed did not close cleanly", e);
    }
  }
}
