package io.github.jvbwhip.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.threads.TestThreads;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Handshakes over a wire that loses datagrams, both ways. */
class LossyHandshakeTest {
  /** Of two hundred the slowest takes three seconds, on a machine that others keep busy. */
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final int HANDSHAKES = 200;
  private static final int HANDSHAKE_TYPE = 13;
  private static final int CERTIFICATE_VERIFY = 15;

  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final ExecutorService threads = Executors.newCachedThreadPool(TestThreads.daemons());

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** What comes behind it must not make the server deaf for it. */
  @Test
  void a_lost_certificate_verification_is_waited_for() throws Exception {
    List<byte[]> lost = new ArrayList<>();

    shakeHands(
            datagram -> {
              boolean loses =
                  lost.isEmpty()
                      && datagram[0] == 22
                      && datagram[HANDSHAKE_TYPE] == CERTIFICATE_VERIFY;
              if (loses) {
                lost.add(datagram);
              }
              return loses;
            },
            datagram -> false)
        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);

    assertThat(lost).hasSize(1);
  }

  @Test
  void every_handshake_is_done_where_a_fifth_is_lost() throws Exception {
    List<Future<?>> handshakes = new ArrayList<>();
    for (int seed = 0; seed < HANDSHAKES; seed++) {
      handshakes.add(shakeHands(loss(2 * seed), loss(2 * seed + 1)));
    }
    for (Future<?> each : handshakes) {
      each.get(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static Predicate<byte[]> loss(int seed) {
    Random random = new Random(seed);
    return datagram -> random.nextInt(5) == 0;
  }

  /** Fails when either side does; whoever is done first answers the other's repetitions. */
  private Future<?> shakeHands(Predicate<byte[]> losesToServer, Predicate<byte[]> losesToClient) {
    Side server = new Side(losesToClient);
    Side client = new Side(losesToServer);
    server.peer = client;
    client.peer = server;
    threads.submit(() -> server.run(DtlsHandshake::accept));
    threads.submit(() -> client.run(DtlsHandshake::connect));
    return CompletableFuture.allOf(server.done, client.done);
  }

  private interface Handshake {
    DTLSTransport run(DtlsHandshake handshake, DtlsRecordQueue records) throws IOException;
  }

  private final class Side implements DtlsRecordQueue.Sender {
    private final Predicate<byte[]> loses;
    private final DtlsRecordQueue records = new DtlsRecordQueue(this);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile Side peer;

    Side(Predicate<byte[]> loses) {
      this.loses = loses;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      if (!loses.test(Arrays.copyOfRange(buffer, offset, offset + length))) {
        peer.records.offer(buffer, offset, length);
      }
    }

    void run(Handshake handshake) {
      try {
        DTLSTransport transport =
            handshake.run(
                new DtlsHandshake(
                    identity,
                    List.of(SrtpProfile.values()),
                    List.of(identity.fingerprint()),
                    TIMEOUT),
                records);
        done.complete(null);
        byte[] buffer = new byte[transport.getReceiveLimit()];
        while (!peer.done.isDone()) {
          transport.receive(buffer, 0, buffer.length, 50);
        }
      } catch (IOException | RuntimeException e) {
        done.completeExceptionally(e);
      }
    }
  }
}
