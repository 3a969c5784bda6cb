package org.jitsi.videobridge.message;

/** What audio a receiver wants. */
public abstract class ReceiverAudioSubscriptionMessage extends BridgeChannelMessage {
  ReceiverAudioSubscriptionMessage() {}
}
