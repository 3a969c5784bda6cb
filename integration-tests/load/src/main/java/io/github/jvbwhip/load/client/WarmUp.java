package io.github.jvbwhip.load.client;

import io.github.jvbwhip.dtls.DtlsHandshake;
import io.github.jvbwhip.dtls.DtlsRecordQueue;
import io.github.jvbwhip.dtls.SrtpContexts;
import io.github.jvbwhip.dtls.SrtpKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handshake and some packets with oneself, so that the classes are loaded and the fastest cipher
 * is found before the first client's time runs.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int PACKET = 1200;
  private static final int ROUNDS = 3;

  private WarmUp() {}

  /** Takes a second or so. */
  public static void run(SessionResources resources) {
    for (int i = 0; i < ROUNDS; i++) {
      try {
        shakeHands(resources);
      } catch (IOException | CompletionException e) {
        LOG.warn("the first sessions will be slow", e);
      }
    }
  }

  private static void shakeHands(SessionResources resources) throws IOException {
    DtlsRecordQueue[] sides = new DtlsRecordQueue[2];
    sides[0] = new DtlsRecordQueue((b, off, length) -> sides[1].offer(b, off, length));
    sides[1] = new DtlsRecordQueue((b, off, length) -> sides[0].offer(b, off, length));
    DtlsHandshake client = handshake(resources);
    DtlsHandshake server = handshake(resources);
    CompletableFuture<SrtpKeys> accepted =
        CompletableFuture.supplyAsync(() -> accept(server, sides[1]), resources.threads());
    client.connect(sides[0]);
    SrtpContexts receiving = SrtpContexts.receiving(client.keys());
    SrtpContexts sending = SrtpContexts.sending(accepted.join());
    byte[] packet = new byte[PACKET + Transport.TAILROOM];
    packet[0] = (byte) 0x80;
    receiving.transformRtp(packet, 0, sending.transformRtp(packet, 0, PACKET));
  }

  private static SrtpKeys accept(DtlsHandshake server, DtlsRecordQueue records) {
    try {
      server.accept(records);
      return server.keys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DtlsHandshake handshake(SessionResources resources) {
    return new DtlsHandshake(
        resources.identity(),
        resources.profiles(),
        List.of(resources.identity().fingerprint()),
        TIMEOUT);
  }
}
