package org.jitsi.videobridge.message;

import java.util.List;

/** What audio a receiver wants. */
public final class ReceiverAudioSubscriptionMessage extends BridgeChannelMessage {

  @SuppressWarnings("unused") // declaration
  public ReceiverAudioSubscriptionMessage(
      boolean all, List<String> include, List<String> exclude) {}
}
