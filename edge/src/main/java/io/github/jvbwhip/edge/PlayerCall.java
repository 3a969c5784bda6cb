package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.CallingBridge;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.OfferedTransport;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.edge.EdgeClient.Answer;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A session as a player of another server, whose media are published here (draft-ietf-wish-whep-03
 * §4.3).
 */
abstract class PlayerCall extends RemoteCall {
  private static final String LAYER = "urn:ietf:params:whep:ext:core:layer";

  final OriginPlace place;
  private @Nullable OfferedTransport offered;

  PlayerCall(EdgeTools tools, OriginPlace place, Listener listener) {
    super(tools, place.url(), place.caller(), listener);
    this.place = place;
  }

  /** What is offered to receive, of all that can be. */
  abstract ServerOfferPlan offered(ServerOfferPlan all);

  /** What the session brings, as it is published here. */
  abstract IngestRequest request(IngestPlan plan);

  /** The other server has answered: goes on at once, or when more is settled. */
  abstract void agreed(Answer opened, Step<Answer> next)
      throws CallFailure,
          NegotiationException,
          SdpException,
          io.github.jvbwhip.core.bridge.BridgeException;

  /** It is published here. */
  abstract void plays(Answer opened, IngestEndpoint endpoint);

  @Override
  void start() {
    if (place.offerBy() == OriginConfig.OfferBy.ORIGIN) {
      post(Optional.empty(), this::serverOffered);
    } else {
      then(tools.bridge().offerTransport(), this::offer, OfferedTransport::close);
    }
  }

  private void offer(OfferedTransport transport) {
    offered = transport;
    CallingBridge bridge = tools.bridge();
    ServerOfferPlan plan = offered(Negotiation.planReceivingOffer(bridge.ingestCapabilities()));
    String offer =
        Negotiation.receivingOffer(plan, transport.localTransport(), tools.sessionVersion())
            .write();
    post(
        Optional.of(offer),
        answer -> {
          if (answer.status() == 406) {
            transport.close();
            serverOffered(answer);
          } else if (answer.status() == 201) {
            answered(plan, transport, answer);
          } else {
            throw refusal(answer);
          }
        });
  }

  private void answered(ServerOfferPlan offer, OfferedTransport transport, Answer answer)
      throws CallFailure, SdpException, NegotiationException, BridgeException {
    IngestPlan plan =
        Negotiation.planReceivingAnswer(offer, description(answer), NegotiationRules.SERVERS);
    accept();
    agreed(
        answer,
        settled ->
            then(
                transport.openIngest(request(plan), endpointListener()),
                endpoint -> {
                  has(endpoint);
                  plays(answer, endpoint);
                },
                IngestEndpoint::close));
  }

  /** A counter-offer (406), or the offer that was asked for (201); it is answered by PATCH. */
  private void serverOffered(Answer offer)
      throws CallFailure, SdpException, NegotiationException, BridgeException {
    if (offer.status() != 406 && offer.status() != 201) {
      throw refusal(offer);
    }
    URI url =
        session().orElseThrow(() -> new CallFailure("its offer has no Location to answer to"));
    IngestPlan plan =
        Negotiation.planIngest(
            description(offer), tools.bridge().ingestCapabilities(), NegotiationRules.SERVERS);
    accept();
    agreed(
        offer,
        settled ->
            then(
                tools.bridge().openCalledIngest(request(plan), endpointListener()),
                endpoint -> {
                  has(endpoint);
                  answer(url, plan, offer, endpoint);
                },
                IngestEndpoint::close));
  }

  private void answer(URI url, IngestPlan plan, Answer offer, IngestEndpoint endpoint) {
    String answer =
        Negotiation.answer(
                plan.taken(endpoint.media()), endpoint.localTransport(), tools.sessionVersion())
            .write();
    then(
        tools.client().send("PATCH", url, Optional.of(EdgeClient.SDP), answer, caller),
        taken -> {
          if (taken.status() / 100 != 2) {
            throw refusal(taken);
          }
          plays(offer, endpoint);
        },
        taken -> {});
  }

  /** Where the session's encoding is chosen. */
  static Optional<URI> layerUrl(Answer opened) {
    return LinkFields.find(opened.response().headers().allValues("Link"), LAYER)
        .flatMap(opened::resolve);
  }

  /** Chooses an encoding, or leaves the choice to the other server. */
  final CompletableFuture<Answer> select(URI layer, Optional<String> rid) {
    String wish = rid.map(name -> "{\"rid\":\"" + name + "\"}").orElse("{}");
    return tools.client().send("POST", layer, Optional.of("application/json"), wish, caller);
  }

  @Override
  void free() {
    if (offered != null) {
      offered.close();
    }
  }
}
