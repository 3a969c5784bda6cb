package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;

/** A registry with small bounds and a manual clock, and endpoints of the fake bridge. */
final class Sessions {
  static final RoomName ROOM = new RoomName("room");
  static final StreamName STREAM = new StreamName("stream");
  static final SessionOwner SOMEONE =
      new SessionOwner("someone", OptionalInt.empty(), new ClientNetwork("192.0.2.1"));
  static final Duration TOMBSTONES = Duration.ofMinutes(2);

  private final ManualClock clock;
  private final SessionRegistry<Session<FakeEgress>> registry;

  Sessions(Executor executor) {
    this(executor, new ManualClock());
  }

  Sessions(Executor executor, ManualClock clock) {
    this.clock = clock;
    registry =
        new SessionRegistry<>(
            new SessionLimits(3, 2, 0, 0, TOMBSTONES, 4), clock, new SecureRandom(), executor);
  }

  ManualClock clock() {
    return clock;
  }

  SessionRegistry<Session<FakeEgress>> registry() {
    return registry;
  }

  Session<FakeEgress> create() {
    return create(ROOM);
  }

  Session<FakeEgress> create(RoomName room) {
    try {
      return registry.create(room, Optional.of(STREAM), SOMEONE, Session::new);
    } catch (SessionLimitException e) {
      throw new AssertionError(e);
    }
  }

  static FakeEgress endpoint(FakeBridge bridge, Session<FakeEgress> session) {
    Codec opus = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of());
    NegotiatedCodec codec = new NegotiatedCodec(111, opus, OptionalInt.empty(), Set.of());
    EgressMedia media = new EgressMedia("0", MediaKind.AUDIO, List.of(codec), List.of());
    EgressRequest request =
        new EgressRequest(session.room(), session.stream(), List.of(media), Optional.empty());
    return (FakeEgress) bridge.openEgress(request, session.listener()).join();
  }
}
