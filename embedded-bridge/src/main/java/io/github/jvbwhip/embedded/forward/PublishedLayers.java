package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.stage.LayerInfos;
import java.util.ArrayList;
import java.util.List;

/** What is told of a publisher's layers. Not thread-safe. */
final class PublishedLayers {
  private List<LayerInfo> told = List.of();

  /** The video layers, largest first: as they are now, if that is worth telling. */
  List<LayerInfo> of(List<IncomingMedia> media) {
    List<LayerInfo> now = new ArrayList<>();
    for (IncomingMedia each : media) {
      if (each.kind() == MediaKind.VIDEO) {
        now.addAll(LayerInfos.of(each.encodings(), each.isSimulcast(), Encoding::targetBitrate));
      }
    }
    if (LayerInfos.differ(told, now)) {
      told = List.copyOf(now);
    }
    return told;
  }
}
