package org.jitsi.videobridge.cc.allocation;

/** Limits for a video source: -1 is none, 0 is off. */
public final class VideoConstraints {

  @SuppressWarnings("unused") // declaration
  public VideoConstraints(int maxHeight, double maxFrameRate) {}
}
