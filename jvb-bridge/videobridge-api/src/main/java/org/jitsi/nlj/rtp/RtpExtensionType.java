package org.jitsi.nlj.rtp;

/** The header extensions that the bridge knows. */
public enum RtpExtensionType {
  ;

  public native String getUri();
}
