package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.bridge.RemoteEncodings;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.embedded.forward.LossCounters;
import io.github.jvbwhip.embedded.forward.Publisher;
import io.github.jvbwhip.embedded.transport.TransportStats;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A publisher's session. */
final class IngestSession extends BridgeSession implements IngestEndpoint {
  /** So many that cannot be decrypted are no strangers' or strays. */
  private static final int UNREADABLE_PACKETS = 50;

  private final List<IngestMedia> media;
  private final Publisher publisher;
  private final Executor events;
  private final Consumer<BridgeSession> onLeave;

  /**
   * @param onLeave frees what the bridge holds for the session
   */
  IngestSession(
      String id,
      List<IngestMedia> media,
      Publisher publisher,
      EndpointListener listener,
      Executor events,
      TransportSink sink,
      SessionTally tally,
      Consumer<BridgeSession> onLeave) {
    super(id, listener, events, sink, tally);
    this.media = media;
    this.publisher = publisher;
    this.events = events;
    this.onLeave = onLeave;
  }

  @Override
  public List<IngestMedia> media() {
    return media;
  }

  @Override
  public Set<MediaNotice> notices() {
    Set<MediaNotice> notices = publisher.notices(System.nanoTime());
    TransportStats carried = transport().stats();
    if (carried.packetsReceived() == 0 && carried.packetsRejected() > UNREADABLE_PACKETS) {
      notices.add(MediaNotice.UNREADABLE);
    }
    return notices;
  }

  @Override
  public void offer(RemoteEncodings encodings) {
    Consumer<Set<String>> wanted = encodings.wanted();
    publisher.offer(
        encodings.layers(),
        encodings.brought(),
        names -> events.execute(() -> wanted.accept(names)),
        System.nanoTime());
  }

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nanoTime) {
    try {
      publisher.onRtp(buffer, offset, length, nanoTime);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nanoTime) {
    try {
      publisher.onRtcp(buffer, offset, length, nanoTime);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  @Override
  void join(long now) {
    publisher.connected(now);
  }

  @Override
  void leave() {
    try {
      publisher.close(System.nanoTime());
    } finally {
      onLeave.accept(this);
    }
  }

  @Override
  LossCounters losses() {
    return publisher.losses();
  }

  @Override
  PacketTotals totals() {
    return publisher.totals();
  }

  @Override
  boolean hasRemote() {
    return true;
  }
}
