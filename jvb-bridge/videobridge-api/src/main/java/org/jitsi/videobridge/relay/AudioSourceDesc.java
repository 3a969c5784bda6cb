package org.jitsi.videobridge.relay;

/** An audio source. */
public final class AudioSourceDesc {

  private AudioSourceDesc() {}

  public native long getSsrc();

  public native String getSourceName();
}
