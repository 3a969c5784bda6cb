package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.List;
import java.util.Optional;

/** A conference of the bridge. */
public interface HostConference {

  /** Whether the bridge has it now. */
  boolean isLive();

  /** Whether it is one of the plugin's own. */
  boolean isOwn();

  /** Whether that is its whole name. */
  boolean isNamed(String name);

  /** The numbers that all packets have in it. */
  ConferenceNumbers numbers();

  /** Whether there is an endpoint of that id, here or on another bridge. */
  boolean has(String endpointId);

  /**
   * Allocates an endpoint, and with the first one of an own conference the conference. Waits for
   * the bridge. Not to be called while an endpoint of the same conference is expired: the bridge
   * ends a conference with its last endpoint, and would end it under the new one.
   *
   * @return empty when the conference has been ended by somebody else meanwhile
   * @throws BridgeException when the bridge refuses; nothing stays allocated
   */
  Optional<Allocation> allocate(EndpointPlan plan) throws BridgeException;

  /**
   * Allocates this side of a link to another bridge, and the conference where it is one of the
   * plugin's own that the bridge does not have yet. Waits for the bridge. As of {@link #allocate}
   * not to be called while something of the same conference is expired.
   *
   * @param secured called on a bridge thread when media can flow; must only enqueue
   * @return empty when the conference has been ended by somebody else meanwhile
   * @throws BridgeException when the bridge refuses; nothing stays allocated
   */
  Optional<RelayAllocation> relay(RelayPlan plan, Runnable secured) throws BridgeException;

  /**
   * Takes over an endpoint that others have allocated for a publisher, and gives it that
   * publisher's numbers. Waits for the bridge.
   *
   * @return empty when it is not on this bridge
   * @throws BridgeException when the bridge refuses
   */
  Optional<Allocation> adopt(Invitation invitation, List<MediaPlan> media) throws BridgeException;

  /**
   * Puts a publisher's hooks on an endpoint, whoever has allocated it.
   *
   * @throws BridgeException when it is gone already
   */
  IngestLink attach(Allocation allocation, IngestTaps taps) throws BridgeException;

  /**
   * Puts a player's hooks on an endpoint, whoever has allocated it. Nothing is sent to it yet.
   *
   * @throws BridgeException when it is gone already
   */
  EgressLink attach(Allocation allocation, EgressTaps taps) throws BridgeException;

  /** Another object as soon as an endpoint has come or gone, or been expired. */
  Object occupancy();

  /** All endpoints that are there to be seen, the plugin's publishers too. */
  List<Participant> participants();

  /**
   * Whether nobody is there but visitors, on no bridge.
   *
   * @param ignored an endpoint that does not count
   */
  boolean hasVisitorsOnly(Optional<String> ignored);

  /** The endpoints of those who have spoken lately, the active speaker first. */
  List<String> speakers();

  /** Asks a participant for a keyframe, as one of its receivers. */
  void requestKeyframe(String receiverId, String senderId, long ssrc);

  /**
   * To be called when an endpoint has been expired: has the bridge forget it. Ends the conference
   * where it is the plugin's own and nobody is in it any more: the bridge itself does so when a
   * request removes the last endpoint, but leaves one whose endpoints it has expired for a while.
   * May wait for the bridge.
   */
  void tidyUp();

  /** Forgets what the plugin's endpoints have of sources that are published no more. */
  void forgetSources();
}
