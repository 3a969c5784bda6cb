package org.jitsi.nlj;

import java.util.List;

/** A video source. */
public final class MediaSourceDesc {

  private MediaSourceDesc() {}

  public native String getSourceName();

  public native long getPrimarySSRC();

  public native VideoType getVideoType();

  public native List<RtpLayerDesc> getRtpLayers();
}
