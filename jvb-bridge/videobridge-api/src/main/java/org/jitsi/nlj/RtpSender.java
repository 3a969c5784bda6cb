package org.jitsi.nlj;

import kotlin.jvm.functions.Function1;

/** The outgoing pipeline. */
public abstract class RtpSender {

  RtpSender() {}

  public final native Function1<PacketInfo, PacketInfo> getPreProcesor();

  public final native void setPreProcesor(Function1<? super PacketInfo, PacketInfo> preProcesor);
}
