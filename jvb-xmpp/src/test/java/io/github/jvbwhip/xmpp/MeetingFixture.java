package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.xmpp.Meeting.Ends;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.jxmpp.jid.EntityFullJid;

/** A room of its own for each test, on a real XMPP server: somebody manages it, a person is in. */
@RequiresProsody
@Timeout(60)
abstract class MeetingFixture {
  static final Duration LIMIT = Duration.ofSeconds(20);

  /** Longer than anybody in a test waits. */
  static final Duration NEVER = Duration.ofSeconds(50);

  private static final AtomicInteger ROOMS = new AtomicInteger();
  static Prosody prosody;

  String room = "room" + ROOMS.incrementAndGet();
  final Ends ends = new Ends();
  ScriptedFocus focus;
  Person person;
  XmppMeetings meetings;

  @BeforeAll
  static void startServer() {
    prosody = Prosody.start();
  }

  @AfterAll
  static void stopServer() {
    prosody.close();
  }

  @BeforeEach
  void openRoom() throws Exception {
    focus = ScriptedFocus.start(prosody);
    assertThat(focus.enter(Meeting.jid(room)).isJoined()).isTrue();
    person = Person.join(prosody, Meeting.jid(room), "0badcafe");
    meetings = new XmppMeetings(Meeting.settings(prosody, LIMIT));
  }

  @AfterEach
  void closeRoom() {
    // Each of them, whatever becomes of the others; the last one first.
    try (ScriptedFocus manager = focus;
        Person somebody = person) {
      meetings.close();
    }
  }

  /** Somebody publishes in the room, and is invited. */
  final Invitation join() throws Exception {
    return join(Meeting.newcomer(room), ends);
  }

  final Invitation join(Newcomer newcomer, Ends whose) throws Exception {
    return meetings.join(newcomer, whose).get(30, TimeUnit.SECONDS);
  }

  final EntityFullJid occupant(Invitation invitation) {
    return Meeting.occupant(room, invitation);
  }

  /** Why somebody is not let in. */
  static BridgeException refusal(CompletableFuture<?> joining) {
    Throwable failure = catchThrowable(() -> joining.get(30, TimeUnit.SECONDS));
    assertThat(failure).hasCauseInstanceOf(BridgeException.class);
    return (BridgeException) failure.getCause();
  }

  /** The same where nothing of it stays connected. */
  static BridgeException refusal(Supplier<CompletableFuture<?>> joining) {
    int connections = prosody.connections();
    BridgeException reason = refusal(joining.get());
    prosody.awaitConnections(connections);
    return reason;
  }
}
