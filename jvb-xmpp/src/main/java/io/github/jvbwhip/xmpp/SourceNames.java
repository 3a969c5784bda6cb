package io.github.jvbwhip.xmpp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Set;

/** What a participant's presence says of its sources. Pure functions. */
final class SourceNames {
  private SourceNames() {}

  /**
   * The text of {@code SourceInfo}.
   *
   * @param muted the kinds that are muted
   */
  static String info(List<SourcePlan> sources, Set<MediaKind> muted, boolean screen) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (SourcePlan source : sources) {
      ObjectNode info = all.putObject(source.name());
      info.put("muted", muted.contains(source.kind()));
      if (source.kind() == MediaKind.VIDEO) {
        info.put("videoType", videoType(screen));
      }
    }
    return all.toString();
  }

  static String videoType(boolean screen) {
    return screen ? "desktop" : "camera";
  }
}
