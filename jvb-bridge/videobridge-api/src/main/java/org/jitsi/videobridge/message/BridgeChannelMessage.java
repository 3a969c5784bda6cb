package org.jitsi.videobridge.message;

import com.fasterxml.jackson.core.JsonProcessingException;

/** A message of the bridge channel. */
public abstract class BridgeChannelMessage {

  BridgeChannelMessage() {}

  @SuppressWarnings("unused") // declaration
  public static native BridgeChannelMessage parse(String string) throws JsonProcessingException;
}
