package io.github.jvbwhip.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.http.problems.ProblemException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Streams as JSON. Stateless. */
final class StreamJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long LARGEST_SSRC = (1L << 32) - 1;
  private static final int MOST_PARAMETERS = 100;

  private StreamJson() {}

  static ObjectNode write(RelayedStream stream) {
    ObjectNode object = JSON.objectNode();
    object.put("name", stream.name().value());
    stream.displayName().ifPresent(name -> object.put("displayName", name));
    object.put("endpoint", stream.endpointId());
    object.set("codecs", codecs(stream.codecs()));
    ArrayNode tracks = object.putArray("tracks");
    for (RelayedStream.Track track : stream.tracks()) {
      ObjectNode each = tracks.addObject();
      each.put("kind", track.kind().name());
      each.set("sent", codecs(track.sent()));
      each.put("active", track.active());
      each.put("screen", track.screen());
      ArrayNode sources = each.putArray("sources");
      track.sources().forEach(source -> sources.add(write(source)));
    }
    return object;
  }

  private static ArrayNode codecs(List<Codec> codecs) {
    ArrayNode array = JSON.arrayNode();
    for (Codec codec : codecs) {
      ObjectNode object = array.addObject();
      object.put("kind", codec.kind().name());
      object.put("name", codec.name());
      object.put("clockRate", codec.clockRate());
      object.put("channels", codec.channels());
      ObjectNode parameters = object.putObject("parameters");
      codec.parameters().forEach(parameters::put);
    }
    return array;
  }

  private static ObjectNode write(RelayedStream.Source source) {
    ObjectNode object = JSON.objectNode();
    object.put("name", source.name());
    object.put("lowestLayerHeight", source.lowestLayerHeight());
    ArrayNode encodings = object.putArray("encodings");
    for (RelayedStream.Encoding encoding : source.encodings()) {
      ObjectNode each = encodings.addObject();
      each.put("ssrc", encoding.ssrc());
      encoding.rtxSsrc().ifPresent(ssrc -> each.put("rtxSsrc", ssrc));
      encoding.rid().ifPresent(rid -> each.put("rid", rid));
      each.put("active", encoding.active());
      each.put("bitrate", encoding.bitrate());
      each.put("width", encoding.width());
      each.put("height", encoding.height());
      each.put("constraint", encoding.constraint());
      each.put("highestSpatialLayer", encoding.highestSpatialLayer());
    }
    return object;
  }

  static RelayedStream read(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    RelayedStream stream =
        new RelayedStream(
            StreamName.of(object.text("name"))
                .orElseThrow(() -> StrictObject.malformed("name is none of a stream")),
            object.perhapsText("displayName"),
            object.text("endpoint"),
            object.list("codecs", StreamJson::codec),
            object.list("tracks", StreamJson::track));
    object.done();
    return stream;
  }

  private static RelayedStream.Track track(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    RelayedStream.Track track =
        new RelayedStream.Track(
            object.word("kind", MediaKind.class),
            object.list("sent", StreamJson::codec),
            object.flag("active"),
            object.flag("screen"),
            object.list("sources", StreamJson::source));
    object.done();
    return track;
  }

  private static Codec codec(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Codec codec =
        new Codec(
            object.word("kind", MediaKind.class),
            object.text("name"),
            (int) object.number("clockRate", 1, Integer.MAX_VALUE),
            (int) object.number("channels", 1, 255),
            object.part("parameters", StreamJson::parameters));
    object.done();
    return codec;
  }

  private static Map<String, String> parameters(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    if (node.size() > MOST_PARAMETERS) {
      throw StrictObject.malformed("there are too many parameters");
    }
    Map<String, String> all = new TreeMap<>();
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      all.put(name, object.text(name));
    }
    return all;
  }

  private static RelayedStream.Source source(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    String name = object.text("name");
    List<RelayedStream.Encoding> encodings = object.list("encodings", StreamJson::encoding);
    if (encodings.isEmpty()) {
      throw StrictObject.malformed("a source has no encodings");
    }
    RelayedStream.Source source =
        new RelayedStream.Source(name, encodings, object.count("lowestLayerHeight"));
    object.done();
    return source;
  }

  private static RelayedStream.Encoding encoding(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    RelayedStream.Encoding encoding =
        new RelayedStream.Encoding(
            object.number("ssrc", 0, LARGEST_SSRC),
            object.perhapsNumber("rtxSsrc", 0, LARGEST_SSRC),
            object.perhapsText("rid"),
            object.flag("active"),
            object.number("bitrate", 0, Long.MAX_VALUE),
            object.count("width"),
            object.count("height"),
            object.count("constraint"),
            object.count("highestSpatialLayer"));
    object.done();
    return encoding;
  }
}
