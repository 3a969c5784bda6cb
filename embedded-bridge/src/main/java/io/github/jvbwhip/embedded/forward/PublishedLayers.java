package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What is told of a publisher's layers, and when that is worth telling again. Not thread-safe. */
final class PublishedLayers {
  private List<LayerInfo> told = List.of();

  /** The video layers as they are now, largest first. */
  List<LayerInfo> of(List<IncomingMedia> media) {
    List<LayerInfo> layers = new ArrayList<>();
    for (IncomingMedia each : media) {
      if (each.kind() == MediaKind.VIDEO) {
        List<Encoding> smallestFirst = each.smallestFirst();
        for (int rank = smallestFirst.size() - 1; rank >= 0; rank--) {
          layers.add(info(smallestFirst.get(rank), rank, each.isSimulcast()));
        }
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

  private static LayerInfo info(Encoding encoding, int rank, boolean simulcast) {
    // Encodings without a name are told apart by their rank; of one with spatial layers all are
    // sent.
    OptionalInt spatial = OptionalInt.empty();
    if (encoding.rid().isEmpty()) {
      int within = encoding.highestSpatialLayer();
      spatial = simulcast || within > 0 ? OptionalInt.of(simulcast ? rank : within) : spatial;
    }
    return new LayerInfo(
        encoding.rid(),
        spatial,
        OptionalInt.empty(),
        encoding.active() ? encoding.bitrate() : 0,
        encoding.targetBitrate(),
        known(encoding.width()),
        known(encoding.height()));
  }

  private static OptionalInt known(int size) {
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
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
