package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.payload.Vp8Descriptor;
import io.github.jvbwhip.core.rtp.payload.Vp8PictureIdMap;

/** VP8: picture id, TL0PICIDX and KEYIDX (RFC 7741 §4.2). */
final class Vp8PayloadNumbers implements PayloadNumbers {
  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final Vp8PictureIdMap map;

  Vp8PayloadNumbers(int firstPictureId) {
    map = new Vp8PictureIdMap(firstPictureId);
  }

  @Override
  public void switchTo(byte[] b, int at, int length) {
    if (descriptor.parse(b, at, length)) {
      map.switchTo(descriptor);
    }
  }

  @Override
  public void drop(byte[] b, int at, int length) {
    if (descriptor.parse(b, at, length)) {
      map.drop(descriptor);
    }
  }

  @Override
  public int forward(byte[] b, int at, int length) {
    // A payload without a whole descriptor holds nothing decodable: it only keeps its place.
    return !descriptor.parse(b, at, length) || map.forward(descriptor) ? length : OMIT;
  }
}
