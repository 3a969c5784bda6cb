package org.jitsi.videobridge.message;

/** A message of the bridge channel. */
public abstract class BridgeChannelMessage {

  BridgeChannelMessage() {}
}
