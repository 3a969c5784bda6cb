package io.github.jvbwhip.operator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.text.Words;
import io.github.jvbwhip.http.resources.Operation;
import java.util.function.Supplier;

/** What the API tells of the cluster that the bridge is in. Thread-safe. */
final class ClusterApi {
  private static final double NANOS_OF_A_SECOND = 1e9;
  private static final double MICROS_OF_A_MILLI = 1e3;

  private final Supplier<ClusterView> cluster;

  ClusterApi(Supplier<ClusterView> cluster) {
    this.cluster = cluster;
  }

  void addTo(OperatorRouter router) {
    router.on(
        "cluster", Operation.of("GET"), (call, names) -> SessionsApi.json(cluster(cluster.get())));
  }

  private static ObjectNode cluster(ClusterView view) {
    ObjectNode object = SessionJson.JSON.createObjectNode();
    object.put("self", view.self());
    ArrayNode members = object.putArray("members");
    view.members().forEach(member -> members.add(member(member)));
    ArrayNode links = object.putArray("links");
    view.links().forEach(link -> links.add(link(link)));
    return object;
  }

  private static ObjectNode member(ClusterView.MemberView member) {
    ObjectNode object = SessionJson.JSON.createObjectNode();
    object.put("url", member.url());
    object.put("healthy", member.healthy());
    if (member.silentMillis() >= 0) {
      object.put("silentMillis", member.silentMillis());
    }
    object.put("state", Words.of(member.state()));
    object.put("players", member.players());
    if (member.maxPlayers() > 0) {
      object.put("maxPlayers", member.maxPlayers());
    }
    object.put("rooms", member.rooms());
    return object;
  }

  private static ObjectNode link(ClusterView.LinkView link) {
    ObjectNode object = SessionJson.JSON.createObjectNode();
    object.put("room", link.room().value());
    object.put("link", link.id());
    object.put("peer", link.peer());
    object.put("direction", Words.of(link.direction()));
    object.put("depth", link.depth());
    object.put("viewers", link.viewers());
    RelayLink.Stats stats = link.stats();
    object.put("connected", stats.connected());
    object.put("idleSeconds", stats.idleNanos() / NANOS_OF_A_SECOND);
    object.put("packetsReceived", stats.packetsReceived());
    object.put("bytesReceived", stats.bytesReceived());
    object.put("packetsSent", stats.packetsSent());
    object.put("bytesSent", stats.bytesSent());
    stats
        .roundTripMicros()
        .ifPresent(micros -> object.put("roundTripMillis", micros / MICROS_OF_A_MILLI));
    return object;
  }
}
