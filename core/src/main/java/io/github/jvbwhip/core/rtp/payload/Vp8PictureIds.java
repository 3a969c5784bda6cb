package io.github.jvbwhip.core.rtp.payload;

/** VP8: picture id, TL0PICIDX and KEYIDX (RFC 7741 §4.2) in payloads. Not thread-safe. */
public final class Vp8PictureIds implements PayloadRewriter {
  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final Vp8PictureIdMap map;

  /**
   * @param firstPictureId the first outgoing picture id (random, 15 bits)
   */
  public Vp8PictureIds(int firstPictureId) {
    map = new Vp8PictureIdMap(firstPictureId);
  }

  @Override
  public void switchTo(byte[] b, int at, int length) {
    if (descriptor.parse(b, at, length)) {
      map.switchTo(descriptor);
    }
  }

  @Override
  public void leaveOut(byte[] b, int at, int length) {
    if (descriptor.parse(b, at, length)) {
      map.drop(descriptor);
    }
  }

  @Override
  public int rewrite(byte[] b, int at, int length) {
    // A payload without a whole descriptor holds nothing decodable: it only keeps its place.
    return !descriptor.parse(b, at, length) || map.forward(descriptor) ? length : OMIT;
  }
}
