package io.github.jvbwhip.http.fuzz;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEndpoint;
import io.github.jvbwhip.core.session.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens on a bridge while clients ask, as bytes spell it. */
public final class BridgeEvents {
  /** Why a bridge says no, but for its own faults. */
  private static final List<Reason> REASONS =
      Stream.of(Reason.values()).filter(reason -> reason != Reason.INTERNAL).toList();

  private final FakeBridge bridge;
  private final ManualClock clock;

  public BridgeEvents(FakeBridge bridge, ManualClock clock) {
    this.bridge = bridge;
    this.clock = clock;
  }

  /** Something happens. */
  public void happen(Choices choices) {
    switch (choices.below(8)) {
      case 0 -> bridge.failNextOpen(refusal(choices));
      case 1 -> bridge.failNextRestart(refusal(choices));
      case 2 -> bridge.failNextConnect(refusal(choices));
      case 3 -> bridge.setAvailability(availability(choices));
      case 4 -> clock.advance(Duration.ofMinutes(choices.below(3)));
      case 5 -> endpoint(choices).ifPresent(one -> one.end(reason(choices), "it ended"));
      default -> endpoint(choices).ifPresent(FakeEndpoint::connectPeer);
    }
  }

  /** Nothing of what was to happen happens any more. */
  public void calm() {
    bridge.setAvailability(Availability.ACCEPTING);
    bridge.forgetFailures();
  }

  private Optional<FakeEndpoint> endpoint(Choices choices) {
    List<FakeEndpoint> endpoints = bridge.endpoints();
    return endpoints.isEmpty() ? Optional.empty() : Optional.of(choices.of(endpoints));
  }

  private static BridgeException refusal(Choices choices) {
    return new BridgeException(choices.of(REASONS), "The bridge says no.");
  }

  private static EndReason reason(Choices choices) {
    return choices.of(List.of(EndReason.values()));
  }

  private static Availability availability(Choices choices) {
    return switch (choices.below(4)) {
      case 0 -> Availability.draining(Optional.empty());
      case 1 -> Availability.overloaded(Optional.of(Duration.ofSeconds(7)), "It is full.");
      default -> Availability.ACCEPTING;
    };
  }
}
