package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.stage.LayerInfos;
import java.util.List;

/** What is told of the layers of one m-section of video. Not thread-safe. */
final class PublishedLayers {
  private List<LayerInfo> told = List.of();

  /** As they are now, largest first, if that is worth telling. */
  List<LayerInfo> of(List<Encoding> encodings, boolean simulcast) {
    List<LayerInfo> now = LayerInfos.of(encodings, simulcast, Encoding::targetBitrate);
    if (LayerInfos.differ(told, now)) {
      told = List.copyOf(now);
    }
    return told;
  }
}
