package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.stage.LayerInfos;
import java.util.List;

/** What is told of the layers of one m-section. Not thread-safe. */
final class PublishedLayers {
  private List<LayerInfo> told = List.of();

  /** Those of video, largest first: as they are now, if that is worth telling. */
  List<LayerInfo> of(IncomingMedia media) {
    if (media.kind() == MediaKind.VIDEO) {
      List<LayerInfo> now =
          LayerInfos.of(media.encodings(), media.isSimulcast(), Encoding::targetBitrate);
      if (LayerInfos.differ(told, now)) {
        told = List.copyOf(now);
      }
    }
    return told;
  }
}
