package org.jitsi.nlj;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A layer of an encoding. */
public abstract class RtpLayerDesc {

  RtpLayerDesc() {}

  public final native int getEid();

  public final native int getSid();

  public final native int getTid();

  public final native int getHeight();

  public final native double getFrameRate();

  public native ObjectNode debugState();
}
