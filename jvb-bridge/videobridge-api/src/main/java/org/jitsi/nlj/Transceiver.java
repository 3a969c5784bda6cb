package org.jitsi.nlj;

import org.jitsi.nlj.rtcp.RtcpEventNotifier;
import org.jitsi.nlj.srtp.SrtpTransformers;
import org.jitsi.nlj.stats.PacketIOActivity;
import org.jitsi.nlj.stats.TransceiverStats;
import org.jitsi.nlj.util.ReadOnlyStreamInformationStore;
import org.jitsi.nlj.util.SsrcAssociation;

/** An endpoint's media pipelines. */
public final class Transceiver {

  private Transceiver() {}

  public native ReadOnlyStreamInformationStore getReadOnlyStreamInformationStore();

  public native RtpSender getRtpSender();

  public native void setIncomingPacketHandler(PacketHandler handler);

  public native void addSsrcAssociation(SsrcAssociation association);

  public native void clearPayloadTypes();

  public native void sendPacket(PacketInfo packetInfo);

  public native RtcpEventNotifier getRtcpEventNotifier();

  public native void requestKeyFrame(String requesterId, Long mediaSsrc);

  public native SrtpTransformers getSrtpTransformers();

  public native TransceiverStats getTransceiverStats();

  public native PacketIOActivity getPacketIOActivity();
}
