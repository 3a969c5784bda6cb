package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.EnumSet;
import java.util.Set;

/** Of which kinds of media a participant sends nothing, as the others see it. Not thread-safe. */
final class Mutes {
  private final Set<MediaKind> muted = EnumSet.noneOf(MediaKind.class);
  private final Set<MediaKind> moderated = EnumSet.noneOf(MediaKind.class);
  private final Set<MediaKind> mutedByModeration = EnumSet.noneOf(MediaKind.class);

  /** Whether that changes anything. */
  boolean mute(MediaKind kind, boolean mute) {
    if (mute && moderated.contains(kind)) {
      mutedByModeration.add(kind);
    } else {
      mutedByModeration.remove(kind);
    }
    return mute ? muted.add(kind) : muted.remove(kind);
  }

  /** Whether it may send again what it did before that kind was moderated. */
  boolean moderate(MediaKind kind, boolean moderate) {
    if (moderate) {
      moderated.add(kind);
      return false;
    }
    moderated.remove(kind);
    return mutedByModeration.contains(kind);
  }

  Set<MediaKind> muted() {
    return Set.copyOf(muted);
  }
}
