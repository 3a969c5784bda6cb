package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.CallingBridge;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.OfferedTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.edge.EdgeClient.Answer;
import io.github.jvbwhip.edge.EdgeClient.Caller;
import io.github.jvbwhip.http.exchange.ViaField;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session as a player of another server, whose media are published here (draft-ietf-wish-whep-03
 * §4.3).
 */
final class WhepCall extends RemoteCall {
  private static final String EVENTS = "urn:ietf:params:whep:ext:core:server-sent-events";

  private final OriginConfig.OfferBy offerBy;
  private final RoomName room;
  private final StreamName stream;
  private final Consumer<List<String>> path;
  private @Nullable OfferedTransport offered;
  private ReconnectEvents.@Nullable Subscription events;

  /**
   * @param stream under which it is published here
   * @param path hears over which edges it comes
   */
  WhepCall(
      EdgeTools tools,
      URI url,
      Caller caller,
      OriginConfig.OfferBy offerBy,
      RoomName room,
      StreamName stream,
      Consumer<List<String>> path,
      Listener listener) {
    super(tools, url, caller, listener);
    this.offerBy = offerBy;
    this.room = room;
    this.stream = stream;
    this.path = path;
  }

  @Override
  void start() {
    if (offerBy == OriginConfig.OfferBy.ORIGIN) {
      post(Optional.empty(), this::serverOffered);
    } else {
      then(tools.bridge().offerTransport(), this::offer, OfferedTransport::close);
    }
  }

  private void offer(OfferedTransport transport) {
    offered = transport;
    CallingBridge bridge = tools.bridge();
    ServerOfferPlan plan = Negotiation.planReceivingOffer(bridge.ingestCapabilities());
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
      throws CallFailure, SdpException, NegotiationException {
    IngestPlan plan =
        Negotiation.planReceivingAnswer(offer, description(answer), NegotiationRules.SERVERS);
    accept();
    then(
        transport.openIngest(request(plan), endpointListener()),
        endpoint -> {
          has(endpoint);
          follow(answer);
        },
        endpoint -> endpoint.close());
  }

  private IngestRequest request(IngestPlan plan) {
    return new IngestRequest(room, stream, plan.media(), plan.remote());
  }

  /** A counter-offer (406), or the offer that was asked for (201); it is answered by PATCH. */
  private void serverOffered(Answer offer) throws CallFailure, SdpException, NegotiationException {
    if (offer.status() != 406 && offer.status() != 201) {
      throw refusal(offer);
    }
    URI url =
        session().orElseThrow(() -> new CallFailure("its offer has no Location to answer to"));
    IngestPlan plan =
        Negotiation.planIngest(
            description(offer), tools.bridge().ingestCapabilities(), NegotiationRules.SERVERS);
    accept();
    then(
        tools.bridge().openCalledIngest(request(plan), endpointListener()),
        endpoint -> {
          has(endpoint);
          String answer =
              Negotiation.answer(
                      plan.taken(endpoint.media()),
                      endpoint.localTransport(),
                      tools.sessionVersion())
                  .write();
          then(
              tools.client().send("PATCH", url, Optional.of(EdgeClient.SDP), answer, caller),
              taken -> {
                if (taken.status() / 100 != 2) {
                  throw refusal(taken);
                }
                follow(offer);
              },
              taken -> {});
        },
        endpoint -> endpoint.close());
  }

  /** It plays: from now on the origin may ask to reconnect. */
  private void follow(Answer opened) {
    path.accept(ViaField.edges(opened.response().headers().allValues(ViaField.NAME)));
    LinkFields.find(opened.response().headers().allValues("Link"), EVENTS)
        .flatMap(opened::resolve)
        .ifPresent(
            url -> events = tools.events().subscribe(url, caller, new EventsListener(opened)));
  }

  /** Called on threads of the HTTP client. */
  private final class EventsListener implements ReconnectEvents.Listener {
    private final Answer opened;

    EventsListener(Answer opened) {
      this.opened = opened;
    }

    @Override
    public void reconnect(Optional<String> url) {
      Optional<URI> elsewhere = url.flatMap(opened::resolve);
      tools.serial().execute(() -> ask(elsewhere));
    }

    @Override
    public void gone(String words) {
      tools.serial().execute(() -> fail(new CallFailure(words)));
    }
  }

  @Override
  void free() {
    if (offered != null) {
      offered.close();
    }
    if (events != null) {
      events.close();
    }
  }
}
