package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.edge.EdgeClient.Answer;
import io.github.jvbwhip.http.exchange.ViaField;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The session at an origin by which a stage or stream comes, and which is told of what it has. */
final class WhepCall extends PlayerCall {
  private static final String EVENTS = "urn:ietf:params:whep:ext:core:server-sent-events";

  private static final int LOOP_DETECTED = 508;

  private final Consumer<List<String>> path;
  private final Runnable circular;
  private SessionEvents.@Nullable Subscription events;
  private @Nullable OriginLayers layers;

  /**
   * @param path hears over which edges it comes
   * @param circular runs when the origin refuses it as a circle
   */
  WhepCall(
      EdgeTools tools,
      OriginPlace place,
      Consumer<List<String>> path,
      Runnable circular,
      Listener listener) {
    super(tools, place, listener);
    this.path = path;
    this.circular = circular;
  }

  @Override
  CallFailure refusal(Answer answer) {
    if (answer.status() == LOOP_DETECTED) {
      circular.run();
    }
    return super.refusal(answer);
  }

  @Override
  ServerOfferPlan offered(ServerOfferPlan all) {
    return all;
  }

  @Override
  IngestRequest request(IngestPlan plan) {
    return new IngestRequest(place.room(), place.stream(), plan.media(), plan.remote());
  }

  @Override
  void agreed(Answer opened, Step<Answer> next)
      throws CallFailure, NegotiationException, SdpException, BridgeException {
    next.take(opened);
  }

  /** From now on the origin may ask to reconnect, and tells what it has. */
  @Override
  void plays(Answer opened, IngestEndpoint endpoint) {
    path.accept(ViaField.edges(opened.response().headers().allValues(ViaField.NAME)));
    layers =
        layerUrl(opened)
            .map(url -> new OriginLayers(tools, place, endpoint, rid -> select(url, rid)))
            .orElse(null);
    LinkFields.find(opened.response().headers().allValues("Link"), EVENTS)
        .flatMap(opened::resolve)
        .ifPresent(url -> listen(opened, url));
  }

  private void listen(Answer opened, URI url) {
    events =
        tools
            .events()
            .subscribe(
                url,
                caller,
                new SessionEvents.Listener() {
                  @Override
                  public void reconnect(Optional<String> reference) {
                    Optional<URI> elsewhere = reference.flatMap(opened::resolve);
                    tools.serial().execute(() -> ask(elsewhere));
                  }

                  @Override
                  public void layers(String data) {
                    tools.serial().execute(() -> has(data));
                  }

                  @Override
                  public void gone(String words) {
                    tools.serial().execute(() -> fail(new CallFailure(words)));
                  }
                });
  }

  private void has(String data) {
    if (layers != null && !isOver()) {
      layers.told(LayersData.read(data));
    }
  }

  @Override
  void free() {
    super.free();
    if (events != null) {
      events.close();
    }
    if (layers != null) {
      layers.close();
    }
  }
}
