package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.room.KeyframeRequests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plugin's publishers and players in a room. Thread-safe; its lock is a leaf, and readers take
 * none.
 */
final class RoomMembers {
  /** Names that are taken, and by whom: an opening, then the publisher that came of it. */
  private final Map<StreamName, Object> taken = new HashMap<>();

  /** The SSRCs of publishers, by their ids: from before the bridge is told until they end. */
  private final Map<String, Set<Long>> ssrcs = new HashMap<>();

  private volatile List<JvbIngest> publishers = List.of();
  private volatile List<JvbEgress> players = List.of();

  /** The endpoints' ids, from before the bridge allocates them until it has freed them. */
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  private int openings;
  private int visits;

  /**
   * A publisher of that name is about to be opened.
   *
   * @param opening by which the name is taken until then
   * @return false when there is one already
   */
  synchronized boolean expect(StreamName stream, Object opening) {
    if (taken.putIfAbsent(stream, opening) != null) {
      return false;
    }
    openings++;
    return true;
  }

  /** A player, or a link, is about to be opened. */
  synchronized void expectPlayer() {
    openings++;
  }

  /** Something is about to be asked of the room: it is not empty until {@link #leave}. */
  synchronized void enter() {
    visits++;
  }

  /** That is done. */
  synchronized void leave() {
    visits--;
  }

  /** How many are about to be opened. */
  synchronized int openings() {
    return openings;
  }

  /** The publisher that was expected has been opened, or not. */
  synchronized void expected(StreamName stream, Object opening) {
    openings--;
    taken.remove(stream, opening);
  }

  /** What was expected has been opened, or not. */
  synchronized void expectedPlayer() {
    openings--;
  }

  /** The plugin is about to allocate an endpoint of that id. */
  void claim(String endpointId) {
    ids.add(endpointId);
  }

  /** It was not allocated, or is freed. */
  synchronized void disclaim(String endpointId) {
    ids.remove(endpointId);
    ssrcs.remove(endpointId);
  }

  /**
   * The bridge is about to be told of a new publisher with these SSRCs. The bridge tells the
   * sources of a conference apart by SSRC alone, and would give one to whoever came last: both
   * would be lost.
   *
   * @return one that another publisher has, or is about to have; nothing is taken then
   */
  synchronized OptionalLong claimSsrcs(String endpointId, List<LearntEncoding> encodings) {
    return claimSsrcs(endpointId, ssrcs(encodings));
  }

  private OptionalLong claimSsrcs(String endpointId, Set<Long> own) {
    OptionalLong clash =
        ssrcs.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(endpointId))
            .flatMapToLong(entry -> entry.getValue().stream().mapToLong(Long::longValue))
            .filter(own::contains)
            .findFirst();
    if (clash.isEmpty()) {
      ssrcs.put(endpointId, own);
    }
    return clash;
  }

  /** The same of a publisher of which more has become known; nothing where it has ended. */
  synchronized OptionalLong claimMoreSsrcs(String endpointId, List<LearntEncoding> encodings) {
    return ssrcs.containsKey(endpointId) ? claimSsrcs(endpointId, encodings) : OptionalLong.empty();
  }

  private static Set<Long> ssrcs(List<LearntEncoding> encodings) {
    return encodings.stream()
        .flatMap(encoding -> encoding.ssrcs().boxed())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** By whom the name of a publisher of another bridge is taken. */
  private record Relayed(Object link, String endpointId) {}

  /**
   * A publisher of another bridge has come, or more has become known of it: its name, its
   * endpoint's id and its SSRCs are taken until it is {@linkplain #release released}.
   *
   * @param link over which it has come
   * @return why they are not; nothing more is taken then than before
   */
  synchronized Optional<RelayLink.Refusal.Why> claim(Object link, RelayedStream stream) {
    String id = stream.endpointId();
    Relayed relayed = new Relayed(link, id);
    boolean known = taken.containsValue(relayed);
    Object owner = taken.getOrDefault(stream.name(), relayed);
    if (!owner.equals(relayed) || !known && ids.contains(id)) {
      return Optional.of(RelayLink.Refusal.Why.STREAM_IN_USE);
    }
    Set<Long> own = RelayedViews.ssrcs(stream).collect(Collectors.toUnmodifiableSet());
    if (claimSsrcs(id, own).isPresent()) {
      return Optional.of(RelayLink.Refusal.Why.SSRC_IN_USE);
    }
    taken.put(stream.name(), relayed);
    ids.add(id);
    return Optional.empty();
  }

  /** That publisher is there no more, or cannot be; nothing where it is not that link's. */
  synchronized void release(Object link, String endpointId) {
    if (taken.values().removeIf(new Relayed(link, endpointId)::equals)) {
      disclaim(endpointId);
    }
  }

  synchronized void add(JvbIngest publisher) {
    taken.put(publisher.stream(), publisher);
    publishers = with(publishers, publisher);
  }

  /** One whose endpoint is on another bridge: it has its name here, and nothing else. */
  synchronized void add(StreamName stream, RemotePublisher publisher) {
    taken.put(stream, publisher);
  }

  /** That one has ended. */
  synchronized void remove(StreamName stream, RemotePublisher publisher) {
    taken.remove(stream, publisher);
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
      publishers = publishers.stream().filter(p -> p != publisher).toList();
      taken.remove(publisher.stream(), publisher);
      ssrcs.remove(publisher.id());
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

  /** Whether nobody is in the room, about to come or to ask, or still being freed. */
  synchronized boolean isEmpty() {
    return taken.isEmpty() && players.isEmpty() && ids.isEmpty() && openings + visits == 0;
  }

  /** Connected players. */
  int viewers() {
    int viewers = 0;
    for (JvbEgress player : players) {
      viewers += player.isConnected() ? 1 : 0;
    }
    return viewers;
  }

  /** Asks the publisher of that id for keyframes, where it is one of these. */
  Optional<KeyframeRequests> keyframes(String endpointId) {
    return publishers.stream()
        .filter(publisher -> publisher.id().equals(endpointId))
        .map(JvbIngest::keyframes)
        .findFirst();
  }
}
