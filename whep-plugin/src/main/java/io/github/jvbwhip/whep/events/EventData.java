package io.github.jvbwhip.whep.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the data of events (WHEP events document). Pure functions. */
final class EventData {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventData() {}

  /** Of {@code active} and {@code inactive}. */
  static String nothing() {
    return "{}";
  }

  /**
   * Of {@code layers}.
   *
   * @param videoIndexes the indexes of the m-lines that the layers are of
   * @param tracks the layers of each video track
   */
  static String layers(List<Integer> videoIndexes, List<List<LayerInfo>> tracks) {
    ObjectNode data = JSON.createObjectNode();
    for (int i = 0; i < videoIndexes.size(); i++) {
      data.set(
          Integer.toString(videoIndexes.get(i)),
          layers(i < tracks.size() ? tracks.get(i) : List.of()));
    }
    return data.toString();
  }

  /**
   * The array of one m-line.
   *
   * @param layers largest first
   */
  static ArrayNode layers(List<LayerInfo> layers) {
    ArrayNode array = JSON.createArrayNode();
    for (int i = 0; i < layers.size(); i++) {
      LayerInfo layer = layers.get(i);
      ObjectNode node = array.addObject();
      layer.rid().ifPresent(rid -> node.put("rid", rid));
      layer.spatialLayerId().ifPresent(id -> node.put("spatialLayerId", id));
      layer.temporalLayerId().ifPresent(id -> node.put("temporalLayerId", id));
      if (node.isEmpty()) {
        // "MUST contain at least one of the rid, spatialLayerId or temporalLayerId": its rank.
        node.put("spatialLayerId", layers.size() - 1 - i);
      }
      node.put("bitrate", layer.bitrate());
      layer.targetBitrate().ifPresent(bitrate -> node.put("targetBitrate", bitrate));
      layer.width().ifPresent(width -> node.put("width", width));
      layer.height().ifPresent(height -> node.put("height", height));
    }
    return array;
  }

  static String viewerCount(int viewers) {
    return JSON.createObjectNode().put("viewercount", viewers).toString();
  }

  /**
   * Of {@code reconnect}.
   *
   * @param url the WHEP endpoint to go to, where it is another one
   */
  static String reconnect(Optional<String> url) {
    ObjectNode data = JSON.createObjectNode();
    url.ifPresent(u -> data.put("url", u));
    return data.toString();
  }

  /**
   * Of {@code speaker}: {@code null} when nobody is on the stage.
   *
   * @param displayName what people call whoever is
   */
  static String speaker(Optional<StreamName> stage, Optional<String> displayName) {
    ObjectNode data =
        JSON.createObjectNode().put("stream", stage.map(StreamName::value).orElse(null));
    displayName.ifPresent(name -> data.put("displayName", name));
    return data.toString();
  }

  /** Of {@code stats}; the round-trip time is in seconds, as in the browser's own statistics. */
  static String stats(EndpointStats stats) {
    ObjectNode data =
        JSON.createObjectNode()
            .put("connected", stats.connected())
            .put("packetsSent", stats.packetsSent())
            .put("bytesSent", stats.bytesSent())
            .put("packetsLost", stats.packetsLost())
            .put("packetsRetransmitted", stats.packetsRetransmitted());
    stats.roundTripMicros().ifPresent(micros -> data.put("roundTripTime", micros / 1e6));
    return data.toString();
  }

  /** Of {@code unsupported}: for each kind, the codecs that it is published in. */
  static String unsupported(Map<MediaKind, List<Codec>> published) {
    ObjectNode data = JSON.createObjectNode();
    published.forEach(
        (kind, codecs) -> {
          ArrayNode names = data.putArray(kind.sdpName());
          codecs.stream().map(CodecType::nameOf).distinct().forEach(names::add);
        });
    return data.toString();
  }

  /** For players that only have {@code onmessage}: the name goes into the data. */
  static String unnamed(EventType type, String data) {
    ObjectNode wrapper = JSON.createObjectNode().put("event", type.wireName());
    if (type == EventType.SCTE35) {
      // The one event whose data is no JSON.
      return wrapper.put("data", data).toString();
    }
    return wrapper.putRawValue("data", new RawValue(data)).toString();
  }
}
