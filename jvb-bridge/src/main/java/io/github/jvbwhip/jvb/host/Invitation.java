package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import java.util.List;
import java.util.Optional;

/**
 * What whoever manages a room offers to a participant: an endpoint that has been allocated on some
 * bridge. Thread-safe.
 */
public interface Invitation {

  /** The name of the room's conference on the bridge. */
  String conferenceName();

  /** The participant's endpoint. */
  String endpointId();

  /** The bridge's side of the transport. */
  BridgeTransport transport();

  /** The region of the endpoint's bridge, as far as it is told. */
  Optional<String> region();

  /** The URL under which publishers reach the endpoint's bridge, where that is known. */
  Optional<String> server();

  /** The numbers that packets have in the conference. */
  ConferenceNumbers numbers();

  /**
   * The numbers that the endpoint's bridge has been told; empty where publishers are taken on this
   * bridge alone.
   */
  Optional<EndpointNumbers> numbersAnywhere();

  /**
   * Has the bridge asked from time to time, from its acceptance to the end, whether it still has
   * the endpoint, and the listener told where not. Waits for nothing.
   */
  void watch(RemoteTransport remote);

  /**
   * Accepts it. Waits for whoever manages the room, for a bounded time.
   *
   * @param sources what is known of the participant's sources
   * @throws BridgeException when it is refused, or too late
   */
  void accept(RemoteTransport remote, List<SourcePlan> sources) throws BridgeException;

  /**
   * Tells all sources; those that are known are repeated. Waits likewise.
   *
   * @return why they were not taken; empty when they were
   */
  Optional<String> setSources(List<SourcePlan> sources);

  /** Leaves the room, with which the endpoint is freed. Waits for nothing; idempotent. */
  void leave();

  /**
   * The same, unless the publisher joins again within a moment: it has its place in the room then,
   * of which the others notice nothing.
   */
  void giveWay();
}
