package io.github.jvbwhip.whep.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.http.sse.SseEncoder;
import io.github.jvbwhip.http.sse.SseEvent;
import io.github.jvbwhip.http.sse.SseFrame;
import io.github.jvbwhip.http.sse.SseHub;
import io.github.jvbwhip.http.sse.SseStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells all rooms, as JSON, to whoever looks: when something is different, and no more than once a
 * second. Nothing is followed while nobody looks. Thread-safe.
 */
public final class RoomsFeed {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final String NAME = "rooms";

  private final Bridge bridge;
  private final EventLoop loop;
  private final SseHub hub;

  // Confined to the loop.
  private final Set<SseStream> streams = new HashSet<>();
  private final Throttle telling;
  private List<RoomSnapshot> told = List.of();
  private @Nullable Registration registration;

  public RoomsFeed(Bridge bridge, EventLoop loop, SseHub hub) {
    this.bridge = bridge;
    this.loop = loop;
    this.hub = hub;
    this.telling = new Throttle(loop, INTERVAL, this::tell);
  }

  /** All rooms as they are now. */
  public String snapshot() {
    return json(rooms());
  }

  /** A stream for one connection: it first tells what is, and ends when the client goes. */
  public SseStream open() {
    SseStream stream = hub.open(gone -> loop.execute(() -> remove(gone)));
    loop.execute(() -> add(stream));
    return stream;
  }

  private void add(SseStream stream) {
    if (registration == null) {
      registration = bridge.observeRooms(() -> loop.execute(telling::request));
      told = rooms();
    }
    streams.add(stream);
    // What is newer is told to all, unless it is taken back before.
    stream.send(frame(told));
  }

  private void remove(SseStream stream) {
    streams.remove(stream);
    stream.close();
    if (streams.isEmpty() && registration != null) {
      registration.close();
      registration = null;
    }
  }

  private void tell() {
    List<RoomSnapshot> now = rooms();
    // What has changed may be a room that no list tells of.
    if (!now.equals(told)) {
      told = now;
      SseFrame frame = frame(now);
      streams.forEach(stream -> stream.send(frame));
    }
  }

  /** Those in which something is published or watched. */
  private List<RoomSnapshot> rooms() {
    return bridge.rooms().stream()
        .filter(room -> !room.streams().isEmpty() || room.viewers() > 0)
        .sorted(Comparator.comparing(room -> room.name().value()))
        .toList();
  }

  private static SseFrame frame(List<RoomSnapshot> rooms) {
    return SseEncoder.encode(SseEvent.state(NAME, json(rooms)));
  }

  private static String json(List<RoomSnapshot> rooms) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode array = root.putArray("rooms");
    rooms.forEach(room -> array.add(json(room)));
    return root.toString();
  }

  private static ObjectNode json(RoomSnapshot room) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("name", room.name().value())
            .put("viewers", room.viewers())
            .put("stage", room.stage().map(StreamName::value).orElse(null));
    ArrayNode streams = node.putArray("streams");
    room.streams().stream()
        .sorted(Comparator.comparing(stream -> stream.name().value()))
        .forEach(stream -> streams.add(json(stream)));
    return node;
  }

  private static ObjectNode json(StreamSnapshot stream) {
    ObjectNode node = JSON.createObjectNode().put("name", stream.name().value());
    stream.displayName().ifPresent(name -> node.put("displayName", name));
    ArrayNode codecs = node.putArray("codecs");
    stream.codecs().stream().map(CodecType::nameOf).distinct().forEach(codecs::add);
    ArrayNode active = node.putArray("active");
    stream.active().stream().sorted().map(MediaKind::sdpName).forEach(active::add);
    node.set("layers", EventData.layers(stream.layers()));
    return node;
  }
}
