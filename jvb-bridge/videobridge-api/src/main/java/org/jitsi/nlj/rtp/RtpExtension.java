package org.jitsi.nlj.rtp;

/** A header extension with its id. */
public final class RtpExtension {

  private RtpExtension() {}

  public native byte getId();

  public native RtpExtensionType getType();
}
