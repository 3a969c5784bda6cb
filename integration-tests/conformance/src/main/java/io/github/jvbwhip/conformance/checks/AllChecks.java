package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Protocol;
import java.util.ArrayList;
import java.util.List;

/** Every check, in the order in which they run. */
public final class AllChecks {
  private AllChecks() {}

  /** All of them; those of WHIP first. */
  public static List<Check> list() {
    List<Check> all = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      all.addAll(EndpointChecks.of(protocol));
      all.addAll(OfferChecks.of(protocol));
      all.addAll(AnswerChecks.of(protocol));
      all.addAll(SessionChecks.of(protocol));
      all.addAll(TrickleChecks.of(protocol));
      all.addAll(ConditionChecks.of(protocol));
      all.addAll(RestartChecks.of(protocol));
      all.addAll(CorsChecks.of(protocol));
      all.addAll(HttpChecks.of(protocol));
      all.addAll(AuthorizationChecks.of(protocol));
      all.addAll(LinkChecks.of(protocol));
      all.addAll(MediaChecks.of(protocol));
    }
    all.addAll(DiscoveryChecks.all());
    all.addAll(CounterOfferChecks.all());
    all.addAll(EventStreamChecks.all());
    all.addAll(EventChecks.all());
    all.addAll(LayerChecks.all());
    return List.copyOf(all);
  }
}
