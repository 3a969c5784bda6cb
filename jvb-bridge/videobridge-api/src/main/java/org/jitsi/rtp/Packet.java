package org.jitsi.rtp;

/** A packet. */
public abstract class Packet extends ByteArrayBufferImpl {

  protected Packet() {}
}
