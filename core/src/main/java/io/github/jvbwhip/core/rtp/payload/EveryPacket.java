package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** Every packet can be the first: audio, and codecs whose payload is not known. */
final class EveryPacket implements KeyframeDetector {
  @Override
  public boolean isKeyframe(byte[] b, int at, int length) {
    return true;
  }

  @Override
  public @Nullable VideoSize size(byte[] b, int at, int length) {
    return null;
  }
}
