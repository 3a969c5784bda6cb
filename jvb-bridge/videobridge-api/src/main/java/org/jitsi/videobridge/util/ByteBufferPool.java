package org.jitsi.videobridge.util;

/** Where packet buffers come from, and go back to. */
public class ByteBufferPool {
  private ByteBufferPool() {}

  public static native byte[] getBuffer(int size);

  public static native void returnBuffer(byte[] buffer);
}
