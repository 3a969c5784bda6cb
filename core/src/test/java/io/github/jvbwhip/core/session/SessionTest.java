package io.github.jvbwhip.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import io.github.jvbwhip.core.negotiation.IceUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The session's life, and RFC 9725 §4.3 on the fake bridge, with every task run at once. */
class SessionTest {
  private static final AnswerOutline OUTLINE = new AnswerOutline(List.of(), List.of("0"), false);
  private static final IceCredentials FIRST = credentials("ufr1");

  private final FakeBridge bridge = new FakeBridge();
  private final Sessions sessions = new Sessions(Runnable::run);
  private final Session<FakeEgress> session = sessions.create();

  private static IceCredentials credentials(String ufrag) {
    return new IceCredentials(ufrag, "passwordpasswordpassword");
  }

  private FakeEgress open() throws BridgeException {
    FakeEgress endpoint = Sessions.endpoint(bridge, session);
    session.opened(endpoint, FIRST, OUTLINE);
    return endpoint;
  }

  private static IceUpdate trickle(String ufrag) {
    return new IceUpdate(Optional.of(credentials(ufrag)), List.of(candidate()), false);
  }

  private static IceCandidate candidate() {
    return new IceCandidate(
        "1",
        IceCandidate.Protocol.UDP,
        1,
        "192.0.2.9",
        4000,
        IceCandidate.Type.HOST,
        Optional.empty());
  }

  private static void assertRefused(
      CompletableFuture<IceOutcome> result, IceUpdateException.Reason reason) {
    assertThat(result).isCompletedExceptionally();
    assertThatThrownBy(result::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            IceUpdateException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void who_waits_for_the_connection_is_told_once() throws Exception {
    List<String> told = new ArrayList<>();
    session.onConnected(() -> told.add("before"));
    FakeEgress endpoint = open();
    assertThat(session.connectedAt()).isEmpty();
    endpoint.connectPeer();
    session.onConnected(() -> told.add("after"));
    assertThat(told).containsExactly("before", "after");
    assertThat(session.connectedAt()).contains(sessions.clock().instant());
    session.end(SessionEndReason.DELETED, "");
    assertThat(told).hasSize(2);
  }

  /** Whoever is told of the end has been told of the beginning. */
  @Test
  void who_is_connected_when_it_ends_is_told_of_that_first() throws Exception {
    Deque<Runnable> tasks = new ArrayDeque<>();
    Session<FakeEgress> late = new Sessions(tasks::add, sessions.clock()).create();
    List<String> told = new ArrayList<>();
    late.onConnected(() -> told.add("connected"));
    late.onEnd(end -> told.add("ended"));
    FakeEgress endpoint = Sessions.endpoint(bridge, late);
    endpoint.connectPeer();
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    late.opened(endpoint, FIRST, OUTLINE); // Connected, and those who wait for it not told yet.
    var unused = late.end(SessionEndReason.OPERATOR, "");
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertThat(told).containsExactly("connected", "ended");
  }

  @Test
  void who_waits_for_a_connection_that_never_comes_is_not_told() throws Exception {
    List<String> told = new ArrayList<>();
    session.onConnected(() -> told.add("before"));
    open();
    session.end(SessionEndReason.DELETED, "");
    session.onConnected(() -> told.add("after"));
    assertThat(told).isEmpty();
  }

  @Test
  void goes_from_opening_over_connecting_to_connected() throws Exception {
    assertThat(session.state()).isEqualTo(SessionState.OPENING);
    FakeEgress endpoint = open();
    assertThat(session.state()).isEqualTo(SessionState.CONNECTING);
    endpoint.connectPeer();
    assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
  }

  @Test
  void goes_from_offered_to_connecting_when_the_player_answers() throws Exception {
    FakeEgress endpoint = Sessions.endpoint(bridge, session);
    session.offered(endpoint);
    assertThat(session.state()).isEqualTo(SessionState.OFFERED);
    session.answered(FIRST, OUTLINE);
    assertThat(session.state()).isEqualTo(SessionState.CONNECTING);
  }

  @Test
  void takes_no_second_answer() throws Exception {
    session.offered(Sessions.endpoint(bridge, session));
    session.answered(FIRST, OUTLINE);

    assertThatThrownBy(() -> session.answered(FIRST, OUTLINE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void does_not_lose_a_connection_that_is_faster_than_the_answer() throws Exception {
    FakeEgress endpoint = Sessions.endpoint(bridge, session);
    endpoint.connectPeer();
    assertThat(session.state()).isEqualTo(SessionState.OPENING);

    session.opened(endpoint, FIRST, OUTLINE);

    assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
  }

  @Test
  void frees_the_endpoint_and_keeps_the_first_reason_when_it_ends() throws Exception {
    FakeEgress endpoint = open();

    assertThat(session.end(SessionEndReason.DELETED, "first")).isCompleted();
    assertThat(session.end(SessionEndReason.INTERNAL, "second")).isCompleted();

    assertThat(endpoint.isClosed()).isTrue();
    assertThat(session.end().orElseThrow().reason()).isEqualTo(SessionEndReason.DELETED);
    assertThat(session.end().orElseThrow().at()).isEqualTo(sessions.clock().instant());
  }

  @ParameterizedTest
  @EnumSource(EndReason.class)
  void ends_with_the_reason_of_its_endpoint(EndReason reason) throws Exception {
    open().end(reason, "detail");

    assertThat(session.state()).isEqualTo(SessionState.ENDED);
    assertThat(session.end().orElseThrow().reason().name()).isEqualTo(reason.name());
    assertThat(session.end().orElseThrow().detail()).isEqualTo("detail");
  }

  @Test
  void frees_an_endpoint_that_comes_after_the_end() throws Exception {
    FakeEgress endpoint = Sessions.endpoint(bridge, session);
    session.end(SessionEndReason.SHUTDOWN, "meanwhile");

    assertThatThrownBy(() -> session.opened(endpoint, FIRST, OUTLINE))
        .isInstanceOf(BridgeException.class);
    assertThat(endpoint.isClosed()).isTrue();
  }

  @Test
  void is_freed_once_the_endpoint_that_was_still_to_come_is() throws Exception {
    FakeEgress endpoint = Sessions.endpoint(bridge, session);
    CompletableFuture<Void> freed = session.end(SessionEndReason.REPLACED, "meanwhile");
    assertThat(freed).isNotDone();

    assertThatThrownBy(() -> session.offered(endpoint)).isInstanceOf(BridgeException.class);
    assertThat(endpoint.isClosed()).isTrue();
    assertThat(freed).isCompleted();
  }

  @Test
  void is_freed_once_no_endpoint_is_to_come() {
    CompletableFuture<Void> freed = session.end(SessionEndReason.REPLACED, "meanwhile");
    session.notOpened();

    assertThat(freed).isCompleted();
    assertThat(session.end().orElseThrow().reason()).isEqualTo(SessionEndReason.REPLACED);
  }

  @Test
  void tells_its_end_once_also_to_those_who_come_late() throws Exception {
    List<SessionEnd> told = new ArrayList<>();
    session.onEnd(told::add);
    open();

    session.end(SessionEndReason.DELETED, "x");
    session.end(SessionEndReason.DELETED, "x");
    session.onEnd(told::add);

    assertThat(told).hasSize(2).doesNotContainNull();
    assertThat(told.get(0)).isEqualTo(told.get(1));
  }

  @Test
  void ends_alone_when_an_operation_breaks_an_invariant() throws Exception {
    open();
    session.onEnd(
        end -> {
          throw new IllegalStateException("a listener's fault");
        });

    assertThat(session.end(SessionEndReason.DELETED, "x")).isCompleted();
    assertThat(session.submit(() -> 1)).isCompletedExceptionally();
  }

  @Test
  void adds_candidates_of_the_current_ice_session() throws Exception {
    FakeEgress endpoint = open();
    EntityTag tag = session.entityTag();

    IceOutcome outcome = session.updateIce(IfMatch.oneOf(Set.of(tag)), trickle("ufr1"), true).get();

    assertThat(outcome).isInstanceOf(IceOutcome.CandidatesAdded.class);
    assertThat(endpoint.remoteCandidates()).containsExactly(candidate());
    assertThat(session.entityTag()).isEqualTo(tag);
  }

  @Test
  void takes_another_password_with_the_same_fragment_for_trickle() throws Exception {
    open();
    IceCredentials same = new IceCredentials("ufr1", "otherotherotherotherother");
    IceUpdate update = new IceUpdate(Optional.of(same), List.of(), true);

    assertThat(session.updateIce(IfMatch.ANY, update, true).get())
        .isInstanceOf(IceOutcome.CandidatesAdded.class);
  }

  @Test
  void restarts_with_new_credentials_and_a_new_tag() throws Exception {
    FakeEgress endpoint = open();
    EntityTag before = session.entityTag();

    IceOutcome outcome = session.updateIce(IfMatch.ANY, trickle("ufr2"), true).get();

    IceOutcome.Restarted restarted = (IceOutcome.Restarted) outcome;
    assertThat(restarted.entityTag()).isNotEqualTo(before).isEqualTo(session.entityTag());
    assertThat(restarted.transport()).isEqualTo(endpoint.localTransport());
    assertThat(restarted.outline()).isEqualTo(OUTLINE);
    assertThat(endpoint.restarts()).hasSize(1);
  }

  @Test
  void wants_a_precondition_only_when_strict() throws Exception {
    open();
    assertRefused(
        session.updateIce(IfMatch.ABSENT, trickle("ufr1"), true),
        IceUpdateException.Reason.PRECONDITION_REQUIRED);
    assertThat(session.updateIce(IfMatch.ABSENT, trickle("ufr1"), false)).isCompleted();
  }

  @Test
  void wants_an_asterisk_for_a_restart_only_when_strict() throws Exception {
    FakeEgress endpoint = open();
    IfMatch current = IfMatch.oneOf(Set.of(session.entityTag()));

    assertRefused(
        session.updateIce(current, trickle("ufr2"), true),
        IceUpdateException.Reason.PRECONDITION_REQUIRED);
    assertThat(endpoint.restarts()).isEmpty();
    assertThat(session.updateIce(current, trickle("ufr2"), false).get())
        .isInstanceOf(IceOutcome.Restarted.class);
  }

  @Test
  void refuses_a_stale_tag_in_either_mode() throws Exception {
    FakeEgress endpoint = open();
    IfMatch stale = IfMatch.oneOf(Set.of(session.entityTag()));
    session.updateIce(IfMatch.ANY, trickle("ufr2"), true).get();

    for (boolean strict : List.of(true, false)) {
      assertRefused(
          session.updateIce(stale, trickle("ufr1"), strict),
          IceUpdateException.Reason.PRECONDITION_FAILED);
    }
    assertThat(endpoint.restarts()).hasSize(1);
  }

  @Test
  void does_not_take_a_late_trickle_without_a_tag_for_a_restart() throws Exception {
    FakeEgress endpoint = open();
    session.updateIce(IfMatch.ANY, trickle("ufr2"), false).get();

    assertRefused(
        session.updateIce(IfMatch.ABSENT, trickle("ufr1"), false),
        IceUpdateException.Reason.PRECONDITION_FAILED);
    assertThat(endpoint.restarts()).hasSize(1);
  }

  @Test
  void keeps_the_ice_session_when_a_restart_is_refused() throws Exception {
    FakeEgress endpoint = open();
    EntityTag before = session.entityTag();
    bridge.failNextRestart(new BridgeException(BridgeException.Reason.RESTART_REFUSED, "no"));

    assertThat(session.updateIce(IfMatch.ANY, trickle("ufr2"), true)).isCompletedExceptionally();

    assertThat(session.entityTag()).isEqualTo(before);
    assertThat(endpoint.isLive()).isTrue();
    assertThat(session.updateIce(IfMatch.oneOf(Set.of(before)), trickle("ufr1"), true))
        .isCompletedWithValueMatching(IceOutcome.CandidatesAdded.class::isInstance);
  }

  @Test
  void keeps_candidates_that_are_faster_than_the_answer() throws Exception {
    FakeEgress endpoint = Sessions.endpoint(bridge, session);
    session.offered(endpoint);

    assertThat(session.updateIce(IfMatch.ANY, trickle("ufr1"), false))
        .isCompletedWithValueMatching(IceOutcome.CandidatesAdded.class::isInstance);
    assertThat(endpoint.remoteCandidates()).isEmpty();
    session.answered(FIRST, OUTLINE);

    assertThat(endpoint.remoteCandidates()).isEqualTo(trickle("ufr1").candidates());
  }

  @Test
  void drops_early_candidates_of_other_credentials_than_the_answers() throws Exception {
    FakeEgress endpoint = Sessions.endpoint(bridge, session);
    session.offered(endpoint);
    session.updateIce(IfMatch.ANY, trickle("ufr2"), false).get();

    session.answered(FIRST, OUTLINE);

    assertThat(endpoint.remoteCandidates()).isEmpty();
  }

  @Test
  void checks_the_precondition_of_candidates_that_are_faster_than_the_answer() throws Exception {
    session.offered(Sessions.endpoint(bridge, session));

    assertRefused(
        session.updateIce(IfMatch.ABSENT, trickle("ufr1"), true),
        IceUpdateException.Reason.PRECONDITION_REQUIRED);
  }

  @Test
  void keeps_a_bounded_number_of_candidates_before_the_answer() throws Exception {
    session.offered(Sessions.endpoint(bridge, session));
    for (int i = 0; i < 32; i++) {
      session.updateIce(IfMatch.ANY, trickle("ufr1"), false).get();
    }

    assertRefused(
        session.updateIce(IfMatch.ANY, trickle("ufr1"), false),
        IceUpdateException.Reason.NOT_ANSWERED);
  }

  @Test
  void serves_nothing_after_the_end() throws Exception {
    open();
    session.end(SessionEndReason.DELETED, "x");

    assertThatThrownBy(() -> session.updateIce(IfMatch.ANY, trickle("ufr1"), false).get())
        .cause()
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.ENDED));
  }

  @Test
  void shows_its_public_name_only() {
    assertThat(session.toString())
        .contains(session.id().value())
        .doesNotContain(session.secret().reveal());
  }

  @Test
  void completes_what_was_submitted_also_after_an_error() throws Exception {
    open();
    CompletableFuture<String> broken =
        session.submit(
            () -> {
              throw new NoSuchMethodError("the bridge has another version");
            });

    assertThat(broken).isCompletedExceptionally();
    assertThat(session.submit(() -> "next")).isCompletedWithValue("next");
  }

  @Test
  void ends_and_frees_its_endpoint_where_no_thread_is_to_be_had() throws Exception {
    Sessions closed =
        new Sessions(
            task -> {
              throw new RejectedExecutionException("shut down");
            });
    Session<FakeEgress> last = closed.create();
    FakeEgress endpoint = Sessions.endpoint(bridge, last);
    last.opened(endpoint, FIRST, OUTLINE);

    assertThat(last.submit(() -> "done")).isCompletedWithValue("done");
    assertThat(last.end(SessionEndReason.SHUTDOWN, "x")).isCompleted();
    assertThat(endpoint.isClosed()).isTrue();
  }
}
