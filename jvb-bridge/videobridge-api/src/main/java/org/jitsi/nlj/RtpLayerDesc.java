package org.jitsi.nlj;

/** A layer of an encoding. */
public abstract class RtpLayerDesc {

  RtpLayerDesc() {}

  public final native int getEid();

  public final native int getSid();

  public final native int getHeight();

  public abstract boolean hasZeroBitrate(long nowMillis);
}
