package io.github.jvbwhip.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionId;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import io.github.jvbwhip.http.runtime.SessionListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The sessions of both protocols, and how the last thousand have ended. Thread-safe; the lock
 * guards the collections only.
 */
public final class Ledger implements SessionListener {
  private static final int MOST_ENDS = 1000;

  private final Function<OpenedSession, Optional<String>> refusal;
  private final Map<SessionId, OpenedSession> live = new LinkedHashMap<>();
  private final Deque<ObjectNode> ends = new ArrayDeque<>();

  /**
   * @param refusal why a session is not to be, which may have changed since its client was let in
   */
  Ledger(Function<OpenedSession, Optional<String>> refusal) {
    this.refusal = refusal;
  }

  /** It is there for whoever ends sessions from now on, and what they have done before is seen. */
  @Override
  public void opened(OpenedSession session) {
    synchronized (live) {
      live.put(session.session().id(), session);
    }
    session.session().onEnd(end -> ended(session, end));
    refusal
        .apply(session)
        .ifPresent(
            why -> {
              var unused = end(session, why);
            });
  }

  private void ended(OpenedSession session, SessionEnd end) {
    ObjectNode told = SessionJson.ended(session, end);
    synchronized (live) {
      live.remove(session.session().id());
      ends.addFirst(told);
      if (ends.size() > MOST_ENDS) {
        ends.removeLast();
      }
    }
  }

  /** Those that live, the oldest first. */
  List<OpenedSession> live() {
    synchronized (live) {
      return live.values().stream().filter(each -> each.session().end().isEmpty()).toList();
    }
  }

  /** How sessions have ended, the last one first. Not to be changed. */
  List<ObjectNode> ends(int most) {
    synchronized (live) {
      return ends.stream().limit(most).toList();
    }
  }

  Optional<OpenedSession> find(String id) {
    synchronized (live) {
      return Optional.ofNullable(live.get(new SessionId(id)));
    }
  }

  /**
   * Ends the sessions of a room.
   *
   * @return how many, when all are freed
   */
  CompletableFuture<Integer> endRoom(RoomName room, String detail) {
    return end(each -> each.session().room().equals(room), detail);
  }

  /** The publishers that live, by their streams. */
  Map<StreamPlace, OpenedSession> publishers() {
    return live().stream()
        .filter(each -> each.protocol() == Protocol.WHIP)
        .collect(Collectors.toMap(Ledger::place, each -> each, (before, after) -> before));
  }

  /** Ends the publisher of a stream, where there is one. */
  CompletableFuture<Integer> endPublisher(StreamPlace place, String detail) {
    return end(each -> each.protocol() == Protocol.WHIP && place(each).equals(place), detail);
  }

  private static StreamPlace place(OpenedSession publisher) {
    return new StreamPlace(
        publisher.session().room(), publisher.session().stream().orElse(StreamName.DEFAULT));
  }

  private CompletableFuture<Integer> end(Predicate<OpenedSession> which, String detail) {
    List<CompletableFuture<Void>> freed = new ArrayList<>();
    for (OpenedSession each : live()) {
      if (which.test(each)) {
        freed.add(end(each, detail));
      }
    }
    return CompletableFuture.allOf(freed.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> freed.size());
  }

  /** Ends one. */
  static CompletableFuture<Void> end(OpenedSession opened, String detail) {
    return opened.session().end(SessionEndReason.OPERATOR, detail);
  }
}
