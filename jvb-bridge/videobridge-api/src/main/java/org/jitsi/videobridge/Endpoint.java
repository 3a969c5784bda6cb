package org.jitsi.videobridge;

import java.util.List;
import org.jitsi.nlj.MediaSourceDesc;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.nlj.Transceiver;
import org.jitsi.videobridge.message.ReceiverVideoConstraintsMessage;
import org.jitsi.videobridge.relay.AudioSourceDesc;

/** An endpoint of this bridge. */
public final class Endpoint extends AbstractEndpoint {

  private Endpoint() {}

  @Override
  public native boolean getVisitor();

  @Override
  public native MediaSourceDesc[] getMediaSources();

  @Override
  public native List<AudioSourceDesc> getAudioSources();

  @Override
  public native boolean isSendingAudio();

  @Override
  public native boolean isSendingVideo();

  public native Transceiver getTransceiver();

  public native EndpointMessageTransport getMessageTransport();

  public native double getRtt();

  public native int numForwardedSources();

  public native void handleIncomingPacket(PacketInfo packetInfo);

  public native void setBandwidthAllocationSettings(ReceiverVideoConstraintsMessage message);
}
