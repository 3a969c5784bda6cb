package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import java.util.List;

/** Sessions for tests of those who listen to them. */
public final class LiveSessions {
  private LiveSessions() {}

  /** A player's, on the fake bridge, whose offer was answered; its operations run at once. */
  public static Session<FakeEgress> watching(FakeBridge bridge, ManualClock clock) {
    Session<FakeEgress> session = new Sessions(Runnable::run, clock).create();
    try {
      session.opened(
          Sessions.endpoint(bridge, session),
          new IceCredentials("them", "theirpasswordtheirpassword"),
          new AnswerOutline(List.of(), List.of("0"), false));
    } catch (BridgeException e) {
      throw new AssertionError(e);
    }
    return session;
  }
}
