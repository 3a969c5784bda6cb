package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.stage.LayerInfos;
import java.util.ArrayList;
import java.util.List;

/** What is told of a publisher's layers, and when that is worth telling again. Not thread-safe. */
final class PublishedLayers {
  private List<LayerInfo> told = List.of();

  /** The video layers as they are now, largest first. */
  List<LayerInfo> of(List<IncomingMedia> media) {
    List<LayerInfo> layers = new ArrayList<>();
    for (IncomingMedia each : media) {
      if (each.kind() == MediaKind.VIDEO) {
        layers.addAll(LayerInfos.of(each.encodings(), each.isSimulcast(), Encoding::targetBitrate));
      }
    }
    return List.copyOf(layers);
  }

  /** Takes a look; whether something changed that players want to know. */
  boolean update(List<IncomingMedia> media) {
    List<LayerInfo> now = of(media);
    if (isSimilar(told, now)) {
      return false;
    }
    told = now;
    return true;
  }

  private static boolean isSimilar(List<LayerInfo> a, List<LayerInfo> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      LayerInfo x = a.get(i);
      LayerInfo y = b.get(i);
      long difference = Math.abs(x.bitrate() - y.bitrate());
      if (!x.rid().equals(y.rid())
          || !x.spatialLayerId().equals(y.spatialLayerId())
          || !x.width().equals(y.width())
          || !x.height().equals(y.height())
          || (x.bitrate() == 0) != (y.bitrate() == 0)
          || difference > Math.max(x.bitrate(), y.bitrate()) / 4) {
        return false;
      }
    }
    return true;
  }
}
