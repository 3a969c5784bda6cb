package org.jitsi.videobridge.websocket;

/** The server side of a bridge channel. */
public class ColibriWebSocket {

  @SuppressWarnings("unused") // declaration
  public ColibriWebSocket(String id, EventHandler eventHandler) {}

  public native void sendString(String message);

  /** Hears of the channel. */
  public interface EventHandler {
    void webSocketConnected(ColibriWebSocket socket);
  }
}
