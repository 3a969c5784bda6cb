package io.github.jvbwhip.core.stage;

import io.github.jvbwhip.core.bridge.LayerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** What is told of the encodings of a stream. Pure. */
public final class LayerInfos {
  private LayerInfos() {}

  /**
   * The layers of one source, largest first.
   *
   * @param simulcast whether it may have several encodings
   * @param targetBitrate what the publisher aims at, where it says so
   */
  public static <E extends PublishedEncoding> List<LayerInfo> of(
      List<E> encodings, boolean simulcast, Function<E, OptionalLong> targetBitrate) {
    List<E> smallestFirst = PublishedEncoding.smallestFirst(encodings);
    List<LayerInfo> layers = new ArrayList<>();
    for (int rank = smallestFirst.size() - 1; rank >= 0; rank--) {
      E encoding = smallestFirst.get(rank);
      layers.add(
          new LayerInfo(
              encoding.rid(),
              spatialLayer(encoding, rank, simulcast),
              OptionalInt.empty(),
              encoding.active() ? encoding.bitrate() : 0,
              targetBitrate.apply(encoding),
              known(encoding.width()),
              known(encoding.height())));
    }
    return layers;
  }

  /**
   * Encodings without a name are told apart by their rank; of one with spatial layers all are sent.
   */
  private static OptionalInt spatialLayer(PublishedEncoding encoding, int rank, boolean simulcast) {
    if (encoding.rid().isPresent()) {
      return OptionalInt.empty();
    }
    int within = encoding.highestSpatialLayer();
    return simulcast || within > 0
        ? OptionalInt.of(simulcast ? rank : within)
        : OptionalInt.empty();
  }

  /**
   * Whether the layers of a stream differ from those that were told last by something that players
   * want to know: a bit rate that moves by less than a quarter is told with the next such change.
   */
  public static boolean differ(List<LayerInfo> told, List<LayerInfo> now) {
    boolean same = told.size() == now.size();
    for (int i = 0; same && i < now.size(); i++) {
      same = !differ(told.get(i), now.get(i));
    }
    return !same;
  }

  private static boolean differ(LayerInfo told, LayerInfo now) {
    return !told.rid().equals(now.rid())
        || !told.spatialLayerId().equals(now.spatialLayerId())
        || !told.width().equals(now.width())
        || !told.height().equals(now.height())
        || differ(told.bitrate(), now.bitrate())
        || differ(told.targetBitrate().orElse(0), now.targetBitrate().orElse(0));
  }

  private static boolean differ(long told, long now) {
    return (told == 0) != (now == 0) || Math.abs(told - now) > Math.max(told, now) / 4;
  }

  private static OptionalInt known(int size) {
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }
}
