package io.github.jvbwhip.core.relay;

import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** One side of a link. Thread-safe; closing is idempotent. */
public interface RelayLink extends AutoCloseable {
  /** Of the link, the same on both sides. */
  String id();

  /** The room that it is in. */
  RoomName room();

  /** This side of its transport: of one address family, where the other side's is known. */
  LocalTransport localTransport();

  /**
   * The other side of a link that was begun here has become known.
   *
   * @return fails with {@link io.github.jvbwhip.core.bridge.BridgeException}
   */
  CompletableFuture<Void> connect(LocalTransport theirs);

  /**
   * Takes over what there is on the other side, in the place of what it told before: streams that
   * are new, have changed, or are there no more.
   *
   * @return those that could not be taken over, each with why
   */
  CompletableFuture<List<Refusal>> tell(RoomSide theirs);

  /** How it is now. */
  Stats stats();

  /** Frees it; what the other side told is here no more. */
  @Override
  void close();

  /**
   * A stream that cannot be in the room.
   *
   * @param endpointId of the stream
   */
  record Refusal(String endpointId, Why why) {
    /** Why it cannot. */
    public enum Why {
      /** There is another one of its name. */
      STREAM_IN_USE,
      /** One of its SSRCs is another stream's. */
      SSRC_IN_USE
    }
  }

  /**
   * Counters of one side.
   *
   * @param connected whether media can flow
   * @param idleNanos since anything came from the other side, media, DTLS or an answer to a check
   *     of ICE; while nothing has come, since it was made
   * @param roundTripMicros between the bridges, in microseconds, where that is known
   */
  record Stats(
      boolean connected,
      long idleNanos,
      long packetsReceived,
      long bytesReceived,
      long packetsSent,
      long bytesSent,
      OptionalLong roundTripMicros) {}
}
