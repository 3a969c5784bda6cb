package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.picture.Pace;
import io.github.jvbwhip.core.picture.PictureCache;
import io.github.jvbwhip.core.picture.PictureCursor;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a track gets to the newest picture of an encoding: by what was kept of it since its keyframe,
 * faster than it comes in. Guarded by the room's lock.
 */
final class CatchUp {
  private final PictureCursor cursor = new PictureCursor();
  private final Pace pace = new Pace();
  private @Nullable Encoding of;
  private long repeated;

  /** Whether it is under way. */
  boolean isOn() {
    return of != null;
  }

  /** The encoding, while it is under way. */
  @Nullable Encoding of() {
    return of;
  }

  /**
   * Begins with the keyframe that is kept, where there is one.
   *
   * @param without whether the player sees nothing yet: anything is better
   */
  boolean begin(Encoding encoding, boolean without, OptionalLong estimate, long now) {
    if (!encoding.active() || !pace.begin(encoding.picture(), cursor, without, estimate, now)) {
      return false;
    }
    of = encoding;
    return true;
  }

  /** Once for each keyframe: begins again, for a player that lost the picture. */
  boolean repeat(Encoding encoding, OptionalLong estimate, long now) {
    PictureCache kept = encoding.picture();
    if (repeated == kept.generation() || !kept.isWhole() || !begin(encoding, true, estimate, now)) {
      return false;
    }
    repeated = kept.generation();
    return true;
  }

  void end() {
    of = null;
  }

  /** How many bytes may go now. */
  int allowance(long now) {
    return pace.allowance(now);
  }

  /** Reads the next packet that is kept, which goes now; false when there is none. */
  boolean read(Encoding encoding, IncomingPacket packet, long now) {
    if (!encoding.picture().read(cursor)) {
      return false;
    }
    encoding.restore(packet, cursor, now);
    pace.spent(packet.length);
    return true;
  }

  /** Whether the packet read last begins the keyframe. */
  boolean isFirst() {
    return cursor.isFirst();
  }

  /** The player misses a packet. */
  void lost(long now) {
    pace.lost(now);
  }
}
