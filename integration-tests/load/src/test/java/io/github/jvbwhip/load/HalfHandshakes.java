package io.github.jvbwhip.load;

import io.github.jvbwhip.dtls.DtlsHandshake;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.DtlsRecordQueue;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.load.net.HostCandidates;
import io.github.jvbwhip.load.net.IceAgent;
import io.github.jvbwhip.load.net.Impairment;
import io.github.jvbwhip.load.net.UdpPort;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address that takes places from others: it begins DTLS handshakes at a steady rate and says
 * nothing more, and beside that posts offers that nothing follows. What it is answered is counted.
 */
final class HalfHandshakes implements AutoCloseable {
  private static final long TICK_NANOS = 10_000_000;

  private final InetAddress address;
  private final EventLoop loop = EventLoop.start("load-attack");
  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(4711);
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final byte[] clientHello;
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private volatile boolean closed;

  /** On the loop only. */
  private final List<IceAgent> agents = new ArrayList<>();

  /** An attacker at this address of the machine, who has not begun. */
  HalfHandshakes(InetAddress address) throws Exception {
    this.address = address;
    clientHello = clientHello();
    loop.execute(() -> loop.every(TICK_NANOS, now -> agents.forEach(agent -> agent.tick(now))));
  }

  private byte[] clientHello() throws Exception {
    CompletableFuture<byte[]> first = new CompletableFuture<>();
    DtlsRecordQueue records =
        new DtlsRecordQueue((b, off, len) -> first.complete(Arrays.copyOfRange(b, off, off + len)));
    DtlsHandshake handshake =
        new DtlsHandshake(
            identity,
            List.of(SrtpProfile.values()),
            List.of(identity.fingerprint()),
            Duration.ofSeconds(1));
    CompletableFuture.runAsync(
        () -> {
          try {
            handshake.connect(records);
          } catch (IOException e) {
            // Nobody answers it.
          }
        });
    return first.get(10, TimeUnit.SECONDS);
  }

  /** Begins so many handshakes a second. */
  void shakeHands(URI endpoint, int perSecond) {
    loop.execute(
        () -> loop.every(TimeUnit.SECONDS.toNanos(1) / perSecond, now -> shakeHands(endpoint)));
  }

  private void shakeHands(URI endpoint) {
    try {
      Half half = new Half();
      post(endpoint, half.ice.ufrag(), half.ice.password())
          .thenAccept(
              response -> {
                if (response.statusCode() == 201) {
                  loop.execute(() -> half.start(response.body()));
                }
              });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Posts offers of another stream each, one after the other on so many connections. */
  void post(URI room, int connections) {
    for (int i = 0; i < connections; i++) {
      postAgain(room);
    }
  }

  private void postAgain(URI room) {
    if (!closed) {
      post(URI.create(room + "/" + streams.incrementAndGet()), "abcd", "abcdefghijklmnopqrstuvwx")
          .whenComplete((response, failure) -> postAgain(room));
    }
  }

  private CompletableFuture<HttpResponse<String>> post(
      URI endpoint, String ufrag, String password) {
    OfferSpec spec =
        (endpoint.getPath().startsWith("/whip/")
                ? OfferSpec.publisher(Codec.VP8)
                : OfferSpec.player(Codec.VP8))
            .withSetup("active");
    String offer =
        new DescriptionWriter(
                1, identity.fingerprint().toString(), new IceParameters(ufrag, password, List.of()))
            .offer(spec, Collections.nCopies(spec.media().size(), List.of()));
    return http.sendAsync(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", HttpSignalling.SDP)
                .header("X-Forwarded-For", address.getHostAddress())
                .POST(BodyPublishers.ofString(offer))
                .build(),
            BodyHandlers.ofString())
        .whenComplete(
            (response, failure) -> {
              int status = response == null ? 0 : response.statusCode();
              statuses.computeIfAbsent(status, any -> new AtomicInteger()).incrementAndGet();
            });
  }

  /** How often each status was answered; 0 for none. */
  Map<Integer, AtomicInteger> statuses() {
    return statuses;
  }

  /** How many handshakes were begun, over paths that ICE has found. */
  int begun() {
    return begun.get();
  }

  /** One session of the attacker. */
  private final class Half implements IceAgent.Listener {
    private final UdpPort port =
        loop.open(
            address,
            new Impairment(0, 0, 0),
            (b, length, from, now) -> received(b, length, from, now));
    private final IceAgent ice =
        new IceAgent((b, to) -> port.send(b, 0, b.length, to), this, random);

    Half() throws IOException {}

    private void received(byte[] b, int length, InetSocketAddress from, long now) {
      if (b[0] < 2) {
        ice.received(b, length, from, now);
      }
    }

    void start(String answer) {
      RemoteMedia remote = RemoteDescription.parse(answer).bundled();
      IceParameters parameters = remote.ice();
      ice.start(
          parameters.ufrag(),
          parameters.password(),
          true,
          false,
          HostCandidates.read(parameters.candidates()),
          System.nanoTime());
      agents.add(ice);
    }

    @Override
    public void connected(InetSocketAddress remote) {
      begun.incrementAndGet();
      port.send(clientHello, 0, clientHello.length, remote);
    }

    @Override
    public void consentLost() {}
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
  }
}
