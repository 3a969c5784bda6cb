package org.jitsi.nlj.srtp;

/** The keys that DTLS agreed on. */
public final class SrtpTransformers {

  private SrtpTransformers() {}
}
