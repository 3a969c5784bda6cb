package io.github.jvbwhip.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.core.bridge.LayerInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads the data of {@code layers} (WHEP events document), as far as encodings with names go. Pure
 * functions.
 */
final class LayersData {
  /** More than anybody sends. */
  private static final int MOST = 8;

  private static final long MOST_BITRATE = 1_000_000_000_000L;
  private static final int MOST_PIXELS = 65_535;

  /** RFC 8851 §10, and what is sent beside that. */
  private static final Pattern RID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LayersData() {}

  /**
   * The encodings of the first m-line that has any, each name once; none where there is no choice.
   */
  static List<LayerInfo> read(String data) {
    JsonNode root;
    try {
      root = JSON.readTree(data);
    } catch (IOException e) {
      return List.of();
    }
    for (JsonNode section : root) {
      Map<String, LayerInfo> layers = new LinkedHashMap<>();
      for (JsonNode each : section) {
        String rid = each.path("rid").asText();
        if (RID.matcher(rid).matches() && layers.size() < MOST) {
          layers.putIfAbsent(rid, layer(rid, each));
        }
      }
      if (!layers.isEmpty()) {
        return layers.size() > 1 ? List.copyOf(layers.values()) : List.of();
      }
    }
    return List.of();
  }

  private static LayerInfo layer(String rid, JsonNode node) {
    long target = number(node, "targetBitrate", MOST_BITRATE);
    return new LayerInfo(
        Optional.of(rid),
        OptionalInt.empty(),
        OptionalInt.empty(),
        number(node, "bitrate", MOST_BITRATE),
        target > 0 ? OptionalLong.of(target) : OptionalLong.empty(),
        pixels(node, "width"),
        pixels(node, "height"));
  }

  private static OptionalInt pixels(JsonNode node, String name) {
    int pixels = (int) number(node, name, MOST_PIXELS);
    return pixels > 0 ? OptionalInt.of(pixels) : OptionalInt.empty();
  }

  private static long number(JsonNode node, String name, long most) {
    return Math.max(0, Math.min(most, node.path(name).asLong()));
  }
}
