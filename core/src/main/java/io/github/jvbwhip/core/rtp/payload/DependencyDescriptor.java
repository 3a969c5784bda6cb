package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The AV1 dependency descriptor ("RTP Payload Format for AV1" Appendix A) of one stream, as a view
 * that is pointed at one packet's element after another: it remembers the template structure of the
 * last keyframe, without which the layers of later packets are not known. Not thread-safe.
 */
public final class DependencyDescriptor {
  /** The layer is not known: no structure has come, or it has no such template. */
  public static final int UNKNOWN = -1;

  private static final int MANDATORY_LENGTH = 3;
  private static final int MAX_TEMPLATES = 64;

  private DependencyTemplates templates = DependencyTemplates.NONE;
  private int flags;
  private boolean structure;

  /**
   * Points the view at the element's data {@code [at, at + length)}. Allocates only for a template
   * structure.
   *
   * @return false when it is too short, or its structure is garbage: do not read the view then
   */
  public boolean parse(byte[] b, int at, int length) {
    if (length < MANDATORY_LENGTH) {
      return false;
    }
    boolean present = length > MANDATORY_LENGTH && b[at + MANDATORY_LENGTH] < 0;
    if (present) {
      BitReader in = BitReader.plain(b, at + MANDATORY_LENGTH, at + length);
      // The five flags of the extended fields, of which the first one is known to be set.
      in.skip(5);
      DependencyTemplates read = DependencyTemplates.read(in);
      if (read == null) {
        return false;
      }
      templates = read;
    }
    structure = present;
    flags = Bytes.u8(b, at);
    return true;
  }

  public boolean isStartOfFrame() {
    return (flags & 0x80) != 0;
  }

  public boolean isEndOfFrame() {
    return (flags & 0x40) != 0;
  }

  /** Whether a new coded video sequence starts here: the frame brings its template structure. */
  public boolean isKeyframe() {
    return structure && isStartOfFrame();
  }

  /** The spatial layer, or {@link #UNKNOWN}. */
  public int spatialId() {
    return templates.spatialId(templateIndex());
  }

  /** The temporal layer, or {@link #UNKNOWN}. */
  public int temporalId() {
    return templates.temporalId(templateIndex());
  }

  /**
   * The size of the highest spatial layer as of the last structure, or null where it does not tell.
   */
  public @Nullable VideoSize largestSize() {
    return templates.largestSize();
  }

  private int templateIndex() {
    return Math.floorMod((flags & 0x3F) - templates.idOffset(), MAX_TEMPLATES);
  }
}
