package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.jvb.host.MediaPlan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The numbers of an endpoint that has had others. The bridge forgets no header extension, and takes
 * for the number of each the one that it was told last.
 */
final class Adoption {
  private Adoption() {}

  /** Those media, with numbers that nobody uses for the extensions that were not negotiated. */
  static List<MediaPlan> plans(List<MediaPlan> media) {
    Set<HeaderExtensionType> others = EnumSet.allOf(HeaderExtensionType.class);
    Set<Integer> used = new HashSet<>();
    for (MediaPlan plan : media) {
      for (NegotiatedExtension extension : plan.extensions()) {
        others.remove(extension.type());
        used.add(extension.id());
      }
    }
    List<NegotiatedExtension> moved = new ArrayList<>();
    int id = 1;
    for (HeaderExtensionType other : others) {
      while (used.contains(id)) {
        id++;
      }
      used.add(id);
      moved.add(new NegotiatedExtension(id, other));
    }
    List<MediaPlan> plans = new ArrayList<>();
    plans.add(new MediaPlan(MediaKind.VIDEO, List.of(), moved));
    plans.addAll(media);
    return plans;
  }
}
