package io.github.jvbwhip.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {
  private static final RoomName OTHER = new RoomName("other");

  private final Sessions sessions = new Sessions(Runnable::run);
  private final SessionRegistry<Session<FakeEgress>> registry = sessions.registry();

  private void assertFull(RoomName room, SessionLimitException.Reason reason) {
    assertThatThrownBy(
            () -> registry.create(room, Optional.empty(), Sessions.SOMEONE, Session::new))
        .isInstanceOfSatisfying(
            SessionLimitException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void finds_live_sessions_by_secret_and_by_stream() {
    Session<FakeEgress> session = sessions.create();

    assertThat(registry.find(session.secret())).contains(session);
    assertThat(registry.ofStream(Sessions.ROOM, Sessions.STREAM)).contains(session);
    assertThat(registry.ofStream(Sessions.ROOM, new StreamName("another"))).isEmpty();
    assertThat(registry.ofStream(OTHER, Sessions.STREAM)).isEmpty();
    assertThat(registry.sessions()).containsExactly(session);
    assertThat(registry.findEnded(session.secret())).isEmpty();
  }

  @Test
  void finds_the_next_session_of_a_stream_when_the_first_one_has_ended() {
    Session<FakeEgress> first = sessions.create();
    Session<FakeEgress> second = sessions.create();

    assertThat(registry.ofStream(Sessions.ROOM, Sessions.STREAM)).contains(first);
    first.end(SessionEndReason.DELETED, "x");
    assertThat(registry.ofStream(Sessions.ROOM, Sessions.STREAM)).contains(second);
    second.end(SessionEndReason.DELETED, "x");
    assertThat(registry.ofStream(Sessions.ROOM, Sessions.STREAM)).isEmpty();
  }

  @Test
  void tells_when_the_endpoints_of_a_stream_are_freed() {
    Session<FakeEgress> still = sessions.create();
    Session<FakeEgress> opening = sessions.create();
    assertThat(registry.freed(Sessions.ROOM, Sessions.STREAM)).isCompleted();

    opening.end(SessionEndReason.DELETED, "x");
    CompletableFuture<Void> freed = registry.freed(Sessions.ROOM, Sessions.STREAM);
    assertThat(freed).isNotDone();
    assertThat(registry.freed(OTHER, Sessions.STREAM)).isCompleted();
    opening.notOpened();

    assertThat(freed).isCompleted();
    assertThat(registry.freed(Sessions.ROOM, Sessions.STREAM)).isCompleted();
    assertThat(still.end()).isEmpty();
  }

  @Test
  void bounds_the_sessions_of_a_room_and_of_the_server() {
    Session<FakeEgress> first = sessions.create();
    sessions.create();
    assertFull(Sessions.ROOM, SessionLimitException.Reason.ROOM_FULL);
    sessions.create(OTHER);
    assertFull(OTHER, SessionLimitException.Reason.SERVER_FULL);

    first.end(SessionEndReason.DELETED, "x");
    sessions.create();
    assertThat(registry.size()).isEqualTo(3);
  }

  @Test
  void bounds_the_sessions_of_one_owner() throws Exception {
    SessionOwner modest = new SessionOwner("modest", OptionalInt.of(1), Sessions.SOMEONE.network());
    Session<FakeEgress> first =
        registry.create(Sessions.ROOM, Optional.empty(), modest, Session::new);
    assertThatThrownBy(() -> registry.create(OTHER, Optional.empty(), modest, Session::new))
        .isInstanceOfSatisfying(
            SessionLimitException.class,
            e -> assertThat(e.reason()).isEqualTo(SessionLimitException.Reason.OWNER_FULL));
    sessions.create();

    first.end(SessionEndReason.DELETED, "x");
    registry.create(OTHER, Optional.empty(), modest, Session::new);
  }

  @Test
  void bounds_the_sessions_of_one_network_that_are_not_connected_yet() throws Exception {
    SessionRegistry<Session<FakeEgress>> bounded =
        new SessionRegistry<>(
            new SessionLimits(9, 9, 2, 0, Sessions.TOMBSTONES, 4),
            sessions.clock(),
            new SecureRandom(),
            Runnable::run);
    SessionOwner other =
        new SessionOwner("other", OptionalInt.empty(), new ClientNetwork("20010db800000000"));
    Session<FakeEgress> first = open(bounded, Sessions.SOMEONE);
    Session<FakeEgress> second = open(bounded, Sessions.SOMEONE);
    assertThatThrownBy(() -> open(bounded, Sessions.SOMEONE))
        .isInstanceOfSatisfying(
            SessionLimitException.class,
            e -> assertThat(e.reason()).isEqualTo(SessionLimitException.Reason.NETWORK_CONNECTING));
    open(bounded, other);

    first.listener().connected();
    open(bounded, Sessions.SOMEONE);
    second.end(SessionEndReason.ICE_FAILED, "x");
    first.end(SessionEndReason.DELETED, "x");
    open(bounded, Sessions.SOMEONE);

    assertThatThrownBy(() -> open(bounded, Sessions.SOMEONE))
        .isInstanceOf(SessionLimitException.class);
  }

  @Test
  void bounds_the_sessions_of_one_network() throws Exception {
    SessionRegistry<Session<FakeEgress>> bounded =
        new SessionRegistry<>(
            new SessionLimits(9, 9, 0, 2, Sessions.TOMBSTONES, 4),
            sessions.clock(),
            new SecureRandom(),
            Runnable::run);
    Session<FakeEgress> first = open(bounded, Sessions.SOMEONE);
    open(bounded, Sessions.SOMEONE).listener().connected();
    assertThatThrownBy(() -> open(bounded, Sessions.SOMEONE))
        .isInstanceOfSatisfying(
            SessionLimitException.class,
            e -> assertThat(e.reason()).isEqualTo(SessionLimitException.Reason.NETWORK_FULL));
    open(
        bounded,
        new SessionOwner("other", OptionalInt.empty(), new ClientNetwork("20010db800000000")));

    first.end(SessionEndReason.DELETED, "x");
    open(bounded, Sessions.SOMEONE);
    assertThatThrownBy(() -> open(bounded, Sessions.SOMEONE))
        .isInstanceOf(SessionLimitException.class);
  }

  private static Session<FakeEgress> open(
      SessionRegistry<Session<FakeEgress>> registry, SessionOwner owner)
      throws SessionLimitException {
    return registry.create(Sessions.ROOM, Optional.empty(), owner, Session::new);
  }

  @Test
  void remembers_an_ended_session_for_a_while() {
    Session<FakeEgress> session = sessions.create();
    session.end(SessionEndReason.CONSENT_LOST, "x");

    assertThat(registry.find(session.secret())).isEmpty();
    sessions.clock().advance(Sessions.TOMBSTONES.minusMillis(1));
    Tombstone tombstone = registry.findEnded(session.secret()).orElseThrow();
    assertThat(tombstone.id()).isEqualTo(session.id());
    assertThat(tombstone.end().reason()).isEqualTo(SessionEndReason.CONSENT_LOST);

    sessions.clock().advance(Duration.ofMillis(1));
    assertThat(registry.findEnded(session.secret())).isEmpty();
  }

  @Test
  void forgets_the_oldest_when_there_are_too_many() {
    List<Session<FakeEgress>> ended = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Session<FakeEgress> session = sessions.create();
      session.end(SessionEndReason.DELETED, "x");
      ended.add(session);
    }

    assertThat(ended)
        .filteredOn(s -> registry.findEnded(s.secret()).isPresent())
        .containsExactlyElementsOf(ended.subList(2, 6));
  }

  @Test
  void keeps_no_tombstone_of_a_session_that_nobody_learnt_of() {
    Session<FakeEgress> session = sessions.create();
    session.end(SessionEndReason.NOT_OPENED, "x");

    assertThat(registry.findEnded(session.secret())).isEmpty();
    assertThat(registry.size()).isZero();
  }

  @Test
  void ends_all_and_takes_no_more_when_closed() {
    Session<FakeEgress> first = sessions.create();
    Session<FakeEgress> second = sessions.create(OTHER);

    registry.close();
    registry.close();

    assertThat(List.of(first, second))
        .allSatisfy(
            s -> assertThat(s.end().orElseThrow().reason()).isEqualTo(SessionEndReason.SHUTDOWN));
    assertFull(Sessions.ROOM, SessionLimitException.Reason.CLOSED);
    assertThat(registry.size()).isZero();
  }

  @Test
  void refuses_bounds_that_make_no_sense() {
    assertThatThrownBy(() -> new SessionLimits(0, 1, 0, 0, Duration.ZERO, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SessionLimits(1, 1, 0, 0, Duration.ofSeconds(-1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
