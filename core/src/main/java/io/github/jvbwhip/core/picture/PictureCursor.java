package io.github.jvbwhip.core.picture;

/**
 * A place in a {@link PictureCache}, and the packet that was read there last. Holds until something
 * is added to the cache. Not thread-safe.
 */
public final class PictureCursor {
  private static final byte[] NOTHING = {};

  byte[] buffer = NOTHING;
  int offset;
  int length;
  int number;
  int note;
  boolean first;

  /** Which keyframe the place counts from; 0 is none. */
  long generation;

  int chunk;
  int at;
  long bytesRead;

  /** What is to be read next begins with the keyframe. */
  public void rewind() {
    generation = 0;
    bytesRead = 0;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** The sequence number that it was added with. */
  public int number() {
    return number;
  }

  /** What was noted with it. */
  public int note() {
    return note;
  }

  /**
   * Whether the keyframe begins here: the packet read before is of another one, or there is none.
   */
  public boolean isFirst() {
    return first;
  }

  /** Whether nothing was read yet. */
  boolean isBefore() {
    return generation == 0;
  }
}
