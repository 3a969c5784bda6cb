package org.jitsi.rtp;

/** Bytes with an offset and a length. */
public class ByteArrayBufferImpl {

  protected ByteArrayBufferImpl() {}

  public native byte[] getBuffer();

  public native int getOffset();

  public native int getLength();

  public native void setLength(int length);

  public native void grow(int howMuch);
}
