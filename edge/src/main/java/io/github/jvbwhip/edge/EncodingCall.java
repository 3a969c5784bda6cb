package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.edge.EdgeClient.Answer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A further session at an origin, by which one more encoding of a video comes. */
final class EncodingCall extends PlayerCall {
  private final String rid;

  EncodingCall(EdgeTools tools, OriginPlace place, String rid, Listener listener) {
    super(tools, place, listener);
    this.rid = rid;
  }

  /** The numbers stay those of the whole offer. */
  @Override
  ServerOfferPlan offered(ServerOfferPlan all) {
    return new ServerOfferPlan(
        all.media().stream().filter(each -> each.kind() == MediaKind.VIDEO).toList());
  }

  @Override
  IngestRequest request(IngestPlan plan) {
    List<IngestMedia> media = plan.media().stream().map(this::named).toList();
    return new IngestRequest(place.room(), place.stream(), media, plan.remote()).asFurther();
  }

  private IngestMedia named(IngestMedia media) {
    if (media.kind() != MediaKind.VIDEO) {
      return media;
    }
    PlannedEncoding sent = media.encodings().get(0);
    return new IngestMedia(
        media.mid(),
        media.kind(),
        media.codecs(),
        media.extensions(),
        List.of(new PlannedEncoding(Optional.of(rid), sent.ssrc(), sent.rtxSsrc())));
  }

  /** Chosen before media can flow, so that nothing else comes. */
  @Override
  void agreed(Answer opened, Step<Answer> next) throws CallFailure {
    URI layer =
        layerUrl(opened).orElseThrow(() -> new CallFailure("it lets nobody choose encodings"));
    then(
        select(layer, Optional.of(rid)),
        chosen -> {
          if (chosen.status() / 100 != 2) {
            throw refusal(chosen);
          }
          next.take(chosen);
        },
        chosen -> {});
  }

  @Override
  void plays(Answer opened, IngestEndpoint endpoint) {
    // What the origin has to say it says in the session beside which this one is.
  }
}
