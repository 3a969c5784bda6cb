package org.jitsi.videobridge;

import org.jitsi.videobridge.websocket.ColibriWebSocket;

/** An endpoint's bridge channel. */
public class EndpointMessageTransport implements ColibriWebSocket.EventHandler {

  private EndpointMessageTransport() {}

  @Override
  public native void webSocketConnected(ColibriWebSocket socket);
}
