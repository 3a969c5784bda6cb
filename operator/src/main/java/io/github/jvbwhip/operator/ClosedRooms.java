package io.github.jvbwhip.operator;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms that take no new sessions for a while. Thread-safe. */
final class ClosedRooms {
  private final Clock clock;
  private final Map<RoomName, Instant> until = new ConcurrentHashMap<>();

  ClosedRooms(Clock clock) {
    this.clock = clock;
  }

  /** Closes a room for that time; zero opens it. */
  void close(RoomName room, Duration time) {
    Instant now = clock.instant();
    forgetOld(now);
    if (time.isZero()) {
      until.remove(room);
    } else {
      until.put(room, now.plus(time));
    }
  }

  /** Until when a room is closed, where it is. */
  Optional<Instant> until(RoomName room) {
    return Optional.ofNullable(until.get(room)).filter(clock.instant()::isBefore);
  }

  /** The rooms that are closed now, and until when. */
  Map<RoomName, Instant> all() {
    forgetOld(clock.instant());
    return Map.copyOf(until);
  }

  private void forgetOld(Instant now) {
    until.values().removeIf(end -> !end.isAfter(now));
  }

  /** Lets nobody into them; of all others somebody else decides. */
  Authorizer before(Authorizer others) {
    return request -> refusal(request).orElseGet(() -> others.authorize(request));
  }

  private Optional<CompletableFuture<Principal>> refusal(AccessRequest request) {
    return switch (request.action()) {
      case PUBLISH, WATCH ->
          request
              .room()
              .flatMap(this::until)
              .map(
                  end ->
                      CompletableFuture.failedFuture(
                          ProblemException.retryable(
                              ProblemType.FORBIDDEN,
                              "Whoever runs the server has closed this room for a while.",
                              Optional.of(Duration.between(clock.instant(), end)))));
      case LIST_ROOMS, SEND_SCTE35, OPERATE -> Optional.empty();
    };
  }
}
