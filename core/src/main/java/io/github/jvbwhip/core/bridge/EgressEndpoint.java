package io.github.jvbwhip.core.bridge;

import java.util.List;

/** A player's endpoint. */
public interface EgressEndpoint extends BridgeEndpoint {

  /** What the bridge will send, one entry for each m-section that was asked for, in that order. */
  List<SentSource> sources();

  /** What is sent now, one entry for each video m-section, in order. */
  List<SentVideo> videos();

  /**
   * Completes an endpoint that was opened without a remote transport: the player has answered the
   * bridge's offer (WHEP counter-offer).
   *
   * @param media the media that the player accepted: a subset of what was asked for, with the same
   *     mids
   * @throws BridgeException {@code REFUSED} when the bridge does not accept the answer, or a mid in
   *     it was not asked for, or is there twice; {@code OVERLOADED} or {@code TIMED_OUT} when the
   *     bridge does not answer in time: the endpoint may end then
   * @throws IllegalStateException when the endpoint has a remote transport already
   */
  void connect(RemoteTransport remote, List<EgressMedia> media) throws BridgeException;

  /**
   * Chooses what is sent in one video m-section. Takes effect at the next keyframe of the chosen
   * encoding, which is asked for at once.
   *
   * @param mid the m-section
   * @param selection {@link LayerSelection#AUTOMATIC} to go back to the bridge's own choice
   * @throws BridgeException {@code LAYER_UNAVAILABLE} when nothing that is published fits, or there
   *     is no video m-section of that mid; the selection in force stays
   */
  void selectLayer(String mid, LayerSelection selection) throws BridgeException;
}
