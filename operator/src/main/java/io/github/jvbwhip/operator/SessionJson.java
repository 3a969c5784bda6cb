package io.github.jvbwhip.operator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.bridge.TrackSnapshot;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.text.Words;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.sessions.SessionMembers;
import java.util.Optional;

/** Sessions as JSON, without what is secret. Stateless. */
public final class SessionJson {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private SessionJson() {}

  /** Who it is, and what it is about. */
  public static ObjectNode described(OpenedSession opened) {
    ObjectNode object = JSON.createObjectNode();
    SessionMembers.put(object, opened);
    object.put("begun", opened.begun().toString());
    opened.session().connectedAt().ifPresent(at -> object.put("connectedAt", at.toString()));
    return object;
  }

  /** The same when it has ended: how, and what it has come to. */
  public static ObjectNode ended(OpenedSession opened, SessionEnd end) {
    ObjectNode object = described(opened);
    object.put("ended", end.at().toString());
    SessionMembers.put(object, opened, end);
    putStats(object, opened.session());
    return object;
  }

  /**
   * The same while it lives.
   *
   * @param stream what its room says of it, where it publishes
   */
  static ObjectNode live(OpenedSession opened, Optional<StreamSnapshot> stream) {
    ObjectNode object = described(opened);
    object.put("state", Words.of(opened.session().state()));
    opened.session().endpoint().ifPresent(endpoint -> object.put("endpoint", endpoint.id()));
    putStats(object, opened.session());
    opened.session().endpoint().ifPresent(endpoint -> putInsight(object, endpoint));
    stream.ifPresent(
        of -> {
          of.displayName().ifPresent(name -> object.put("displayName", name));
          ArrayNode tracks = object.putArray("tracks");
          of.tracks().forEach(track -> tracks.add(track(track)));
        });
    return object;
  }

  private static void putStats(ObjectNode object, Session<?> session) {
    session.endpoint().ifPresent(endpoint -> object.set("stats", stats(endpoint)));
  }

  private static void putInsight(ObjectNode object, BridgeEndpoint endpoint) {
    endpoint.pair().ifPresent(pair -> object.set("pair", pair(pair)));
    if (endpoint instanceof IngestEndpoint publisher) {
      ArrayNode notices = object.putArray("notices");
      publisher.notices().forEach(notice -> notices.add(notice.text()));
    } else if (endpoint instanceof EgressEndpoint player) {
      ArrayNode videos = object.putArray("videos");
      player.videos().forEach(video -> videos.add(video(video)));
    }
  }

  private static ObjectNode pair(SelectedPair pair) {
    return JSON.createObjectNode()
        .put("local", pair.local())
        .put("remote", pair.remote())
        .put("protocol", Words.of(pair.protocol()))
        .put("remoteType", Words.of(pair.remoteType()));
  }

  private static ObjectNode video(SentVideo video) {
    ObjectNode object = JSON.createObjectNode();
    object.put("mid", video.mid());
    video.stream().ifPresent(stream -> object.put("stream", stream.value()));
    video.rid().ifPresent(rid -> object.put("rid", rid));
    video.width().ifPresent(width -> object.put("width", width));
    video.height().ifPresent(height -> object.put("height", height));
    object.put("bitrate", video.bitrate());
    object.put("keyframeRequests", video.keyframeRequests());
    return object;
  }

  private static ObjectNode stats(BridgeEndpoint endpoint) {
    EndpointStats stats = endpoint.stats();
    ObjectNode object = JSON.createObjectNode();
    object.put("packetsReceived", stats.packetsReceived());
    object.put("bytesReceived", stats.bytesReceived());
    object.put("packetsSent", stats.packetsSent());
    object.put("bytesSent", stats.bytesSent());
    object.put("packetsLost", stats.packetsLost());
    object.put("packetsRetransmitted", stats.packetsRetransmitted());
    stats.roundTripMicros().ifPresent(micros -> object.put("roundTripMillis", micros / 1000.0));
    return object;
  }

  private static ObjectNode track(TrackSnapshot track) {
    ObjectNode object = JSON.createObjectNode();
    object.put("kind", Words.of(track.kind()));
    object.put("active", track.active());
    track.codecs().forEach(codec -> object.withArray("codecs").add(codec.name()));
    ArrayNode layers = object.putArray("layers");
    track.layers().forEach(layer -> layers.add(layer(layer)));
    return object;
  }

  private static ObjectNode layer(LayerInfo layer) {
    ObjectNode object = JSON.createObjectNode();
    layer.rid().ifPresent(rid -> object.put("rid", rid));
    layer.spatialLayerId().ifPresent(id -> object.put("spatialLayerId", id));
    layer.temporalLayerId().ifPresent(id -> object.put("temporalLayerId", id));
    object.put("bitrate", layer.bitrate());
    layer.width().ifPresent(width -> object.put("width", width));
    layer.height().ifPresent(height -> object.put("height", height));
    return object;
  }
}
