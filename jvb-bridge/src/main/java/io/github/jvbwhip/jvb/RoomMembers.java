package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.room.KeyframeRequests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plugin's publishers and players in a room. Thread-safe; its lock is a leaf, and readers take
 * none.
 */
final class RoomMembers {
  /** Names that a publisher has, or is about to have. */
  private final Set<StreamName> taken = new HashSet<>();

  private volatile List<JvbIngest> publishers = List.of();
  private volatile List<JvbEgress> players = List.of();

  /** The endpoints' ids, from before the bridge allocates them until it has freed them. */
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  private int openings;

  /**
   * A publisher of that name is about to be opened.
   *
   * @return false when there is one already
   */
  synchronized boolean expect(StreamName stream) {
    if (!taken.add(stream)) {
      return false;
    }
    openings++;
    return true;
  }

  /** A player is about to be opened. */
  synchronized void expectPlayer() {
    openings++;
  }

  /** What was expected has been opened, or not. */
  synchronized void expected(@Nullable StreamName stream) {
    openings--;
    if (stream != null && publishers.stream().noneMatch(p -> p.stream().equals(stream))) {
      taken.remove(stream);
    }
  }

  /** The plugin is about to allocate an endpoint of that id. */
  void claim(String endpointId) {
    ids.add(endpointId);
  }

  /** It was not allocated, or is freed. */
  void disclaim(String endpointId) {
    ids.remove(endpointId);
  }

  synchronized void add(JvbIngest publisher) {
    publishers = with(publishers, publisher);
  }

  synchronized void add(JvbEgress player) {
    players = with(players, player);
  }

  private static <T> List<T> with(List<T> list, T one) {
    return Stream.concat(list.stream(), Stream.of(one)).toList();
  }

  /** One of them has ended. */
  synchronized void remove(BridgeEndpoint endpoint) {
    if (endpoint instanceof JvbIngest publisher) {
      List<JvbIngest> left = publishers.stream().filter(p -> p != publisher).toList();
      if (left.size() < publishers.size()) {
        publishers = left;
        taken.remove(publisher.stream());
      }
    } else {
      players = players.stream().filter(p -> p != endpoint).toList();
    }
  }

  /** In the order in which they came. */
  List<JvbIngest> publishers() {
    return publishers;
  }

  /** In the order in which they came. */
  List<JvbEgress> players() {
    return players;
  }

  /** All of them. */
  List<JvbEndpoint> all() {
    List<JvbEndpoint> all = new ArrayList<>(publishers);
    all.addAll(players);
    return all;
  }

  /** Whether the bridge may have an endpoint of that id which is the plugin's. */
  boolean owns(String endpointId) {
    return ids.contains(endpointId);
  }

  /** Whether nobody is in the room, about to come, or still being freed. */
  synchronized boolean isEmpty() {
    return taken.isEmpty() && players.isEmpty() && ids.isEmpty() && openings == 0;
  }

  /** Connected players. */
  int viewers() {
    return (int) players.stream().filter(JvbEndpoint::isConnected).count();
  }

  /** Asks the publisher of that id for keyframes, where it is one of these. */
  Optional<KeyframeRequests> keyframes(String endpointId) {
    return publishers.stream()
        .filter(publisher -> publisher.id().equals(endpointId))
        .map(JvbIngest::keyframes)
        .findFirst();
  }

  /**
   * An SSRC of these that another publisher has. The bridge tells the sources of a conference apart
   * by SSRC alone, and would give one to whoever came last: both would be lost.
   */
  OptionalLong clash(List<LearntEncoding> encodings, @Nullable JvbIngest own) {
    return publishers.stream()
        .filter(other -> other != own && !other.isEnded())
        .flatMapToLong(
            other ->
                encodings.stream().flatMapToLong(LearntEncoding::ssrcs).filter(other.groups()::has))
        .findFirst();
  }
}
