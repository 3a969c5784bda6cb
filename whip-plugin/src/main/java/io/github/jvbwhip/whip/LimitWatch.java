package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.session.SessionRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ends the sessions of publishers that go on to send more than they were told they may. */
final class LimitWatch extends PublisherWatch {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Bridge bridge;

  LimitWatch(Bridge bridge, SessionRegistry<PublisherSession> sessions, Clock clock) {
    super(sessions, PERIOD, clock);
    this.bridge = bridge;
  }

  @Override
  void look(PublisherSession session, Instant now) {
    session
        .excess(() -> pictures(session), now)
        .ifPresent(
            excess -> {
              var unused = session.end(excess.reason(), excess.detail());
            });
  }

  /** The sizes of what comes in now, of all encodings. */
  private List<Resolution> pictures(PublisherSession session) {
    Optional<StreamSnapshot> stream =
        bridge
            .room(session.room())
            .flatMap(room -> session.stream().flatMap(name -> room.stream(name)));
    return stream.stream()
        .flatMap(known -> known.tracks(MediaKind.VIDEO).stream())
        .flatMap(track -> track.layers().stream())
        .filter(layer -> layer.bitrate() > 0)
        .flatMap(LimitWatch::size)
        .toList();
  }

  private static Stream<Resolution> size(LayerInfo layer) {
    return layer.width().orElse(0) > 0 && layer.height().orElse(0) > 0
        ? Stream.of(new Resolution(layer.width().getAsInt(), layer.height().getAsInt()))
        : Stream.empty();
  }
}
