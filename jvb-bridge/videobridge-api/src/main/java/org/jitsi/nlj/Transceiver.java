package org.jitsi.nlj;

import org.jitsi.nlj.srtp.SrtpTransformers;
import org.jitsi.nlj.stats.TransceiverStats;
import org.jitsi.nlj.util.SsrcAssociation;

/** An endpoint's media pipelines. */
public final class Transceiver {

  private Transceiver() {}

  public native RtpSender getRtpSender();

  public native void setIncomingPacketHandler(PacketHandler handler);

  public native void addSsrcAssociation(SsrcAssociation association);

  public native SrtpTransformers getSrtpTransformers();

  public native TransceiverStats getTransceiverStats();
}
