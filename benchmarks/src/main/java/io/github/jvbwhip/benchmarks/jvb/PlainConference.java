package io.github.jvbwhip.benchmarks.jvb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.EndpointPlan;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponses;
import io.github.jvbwhip.jvb.videobridge.colibri.ConferenceKey;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.json.Colibri2JSONDeserializer;
import org.jitsi.xmpp.extensions.colibri2.json.Colibri2JSONSerializer;

/**
 * A conference that the plugin does not know: the same endpoints, made over the bridge's own
 * Colibri2 interface. Their packets go through the bridge as they are, so all of them use the same
 * numbers. Not thread-safe.
 */
final class PlainConference {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final MediaCapabilities CAPABILITIES =
      new MediaCapabilities(
          List.of("opus"),
          List.of("VP8"),
          true,
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(HeaderExtensionType.class),
          EnumSet.allOf(HeaderExtensionType.class),
          true,
          true);

  private final Server bridge;
  private final ConferenceKey key;
  private final List<SentSource> sources = new ArrayList<>();
  private int endpoints;

  PlainConference(Server bridge, String name) {
    this.bridge = bridge;
    this.key = new ConferenceKey(name, Optional.of(name + "@conference.benchmark.invalid"));
  }

  /** Answers a publisher that declares its SSRCs. */
  String publish(String offer) throws IOException {
    try {
      IngestPlan plan =
          Negotiation.planIngest(
              SessionDescription.parse(offer), CAPABILITIES, NegotiationRules.LENIENT);
      String id = nextId();
      List<SourcePlan> published = new ArrayList<>();
      for (IngestMedia section : plan.media()) {
        PlannedEncoding encoding = section.encodings().get(0);
        long ssrc = encoding.ssrc().orElseThrow();
        published.add(
            new SourcePlan(
                section.kind(),
                id + (section.kind() == MediaKind.AUDIO ? "-a0" : "-v0"),
                List.of(new SourcePlan.Encoding(ssrc, encoding.rtxSsrc()))));
        sources.add(new SentSource(section.mid(), ssrc, encoding.rtxSsrc(), id));
      }
      List<MediaPlan> media =
          plan.media().stream()
              .map(m -> new MediaPlan(m.kind(), m.codecs(), m.extensions()))
              .toList();
      LocalTransport local =
          create(new EndpointPlan(id, false, media, published, Optional.of(plan.remote())));
      return Negotiation.answer(plan, local, 1).write();
    } catch (SdpException | NegotiationException e) {
      throw new IOException(e);
    }
  }

  /** Answers a player. */
  String watch(String offer) throws IOException {
    try {
      EgressPlan plan =
          Negotiation.planEgress(
              SessionDescription.parse(offer), CAPABILITIES, NegotiationRules.LENIENT, List.of());
      List<MediaPlan> media =
          plan.media().stream()
              .map(m -> new MediaPlan(m.kind(), m.codecs(), m.extensions()))
              .toList();
      LocalTransport local =
          create(new EndpointPlan(nextId(), true, media, List.of(), Optional.of(plan.remote())));
      return Negotiation.answer(plan, local, sources, 1).write();
    } catch (SdpException | NegotiationException e) {
      throw new IOException(e);
    }
  }

  /** Frees all of it. */
  void expire() throws IOException {
    var unused = send("PATCH", "/" + key.meetingId(), "{\"expire\":true}");
  }

  private String send(String method, String path, String json) throws IOException {
    Reply reply =
        HttpSignalling.send(
            method,
            bridge.url("colibri/v2/conferences" + path),
            "application/json",
            json,
            Map.of());
    if (reply.status() != 200) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
    return reply.body();
  }

  private String nextId() {
    return "%08x".formatted(0xb0000000 + endpoints);
  }

  private LocalTransport create(EndpointPlan plan) throws IOException {
    boolean first = endpoints == 0;
    endpoints++;
    ConferenceModifyIQ request = ColibriRequests.create("benchmark", key, first, plan);
    String json = Colibri2JSONSerializer.serializeConferenceModify(request).toString();
    String response = first ? send("POST", "", json) : send("PATCH", "/" + key.meetingId(), json);
    ColibriResponse read =
        ColibriResponses.read(
            Colibri2JSONDeserializer.deserializeConferenceModified(
                    (ObjectNode) JSON.readTree(response))
                .build());
    if (read instanceof ColibriResponse.Done done && done.transport().isPresent()) {
      return local(done.transport().get(), plan.transport().orElseThrow());
    }
    throw new IOException("no transport in " + response);
  }

  private static LocalTransport local(BridgeTransport transport, RemoteTransport remote) {
    return new LocalTransport(
        transport.credentials(),
        transport.candidates(),
        transport.fingerprints(),
        Optional.of(remote.role().opposite()));
  }
}
