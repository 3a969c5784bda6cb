package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.edge.EdgeClient.Caller;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A session as a publisher to another server, of what is published here (RFC 9725 §4.2). */
final class WhipCall extends RemoteCall {
  private final StreamPlace place;
  private final List<Codec> codecs;

  /**
   * @param codecs what is published
   */
  WhipCall(
      EdgeTools tools,
      URI url,
      Caller caller,
      StreamPlace place,
      List<Codec> codecs,
      Listener listener) {
    super(tools, url, caller, listener);
    this.place = place;
    this.codecs = codecs;
  }

  @Override
  void start() {
    ServerOfferPlan plan =
        Negotiation.planForwardOffer(
            tools.bridge().capabilities(),
            codecs,
            tools.bridge().encodings(place.room(), place.stream()));
    if (plan.media().isEmpty()) {
      fail(new CallFailure("nothing of it can be sent on"));
      return;
    }
    EgressRequest request =
        new EgressRequest(
            place.room(), Optional.of(place.stream()), plan.media(), Optional.empty());
    then(
        tools.bridge().openForward(request, endpointListener()),
        endpoint -> {
          has(endpoint);
          offer(plan, endpoint);
        },
        EgressEndpoint::close);
  }

  private void offer(ServerOfferPlan plan, EgressEndpoint endpoint) {
    String offer =
        Negotiation.offer(
                plan, endpoint.localTransport(), endpoint.sources(), tools.sessionVersion())
            .write();
    post(
        Optional.of(offer),
        answer -> {
          if (answer.status() != 201) {
            throw refusal(answer);
          }
          EgressPlan taken =
              Negotiation.planEgressAnswer(plan, description(answer), NegotiationRules.SERVERS);
          accept();
          endpoint.connect(taken.remote(), taken.media());
        });
  }

  @Override
  void free() {
    // The endpoint is all that it has.
  }
}
