package org.jitsi.videobridge;

import java.util.List;
import org.jitsi.videobridge.message.ReceiverAudioSubscriptionMessage;
import org.jitsi.videobridge.relay.Relay;
import org.jxmpp.jid.EntityBareJid;

/** A conference. */
public class Conference {

  private Conference() {}

  public native String getMeetingId();

  public native EntityBareJid getName();

  public native boolean isExpired();

  public native int getEndpointCount();

  public native int getRelayCount();

  public native List<AbstractEndpoint> getEndpoints();

  public native List<Endpoint> getLocalEndpoints();

  public native Endpoint getLocalEndpoint(String id);

  public native AbstractEndpoint getEndpoint(String id);

  public native Relay getRelay(String id);

  public native ConferenceSpeechActivity getSpeechActivity();

  public native void requestKeyframe(String requesterId, String endpointId, long mediaSsrc);

  public native void setEndpointAudioSubscription(
      String endpointId, ReceiverAudioSubscriptionMessage subscription);
}
