package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.payload.VideoSize;
import io.github.jvbwhip.core.stage.LayerInfos;
import io.github.jvbwhip.jvb.host.IngestLink;
import io.github.jvbwhip.jvb.host.Participant;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Reads from the bridge what a room looks like. */
final class RoomViews {
  /** What a participant may send that was not set up by the plugin: what Jicofo offers. */
  private static final List<Codec> JICOFO_CODECS =
      List.of(
          plain(CodecType.OPUS),
          plain(CodecType.AV1),
          plain(CodecType.VP9),
          plain(CodecType.VP8),
          CodecType.H264.usual().get(0));

  private static Codec plain(CodecType type) {
    Codec usual = type.usual().get(0);
    return new Codec(usual.kind(), usual.name(), usual.clockRate(), usual.channels(), Map.of());
  }

  private RoomViews() {}

  /**
   * The plugin's publishers, then the participants that others have set up.
   *
   * @param participants of a conference that others have created
   * @param names the display names, by the endpoints' ids
   */
  static List<StreamView> of(
      List<JvbIngest> publishers,
      Stream<Participant> participants,
      Map<String, String> names,
      long nowNanos) {
    return Stream.concat(
            publishers.stream().map(publisher -> of(publisher, names, nowNanos)),
            participants.flatMap(participant -> of(participant, names).stream()))
        .toList();
  }

  private static StreamView of(JvbIngest ingest, Map<String, String> names, long nowNanos) {
    List<StreamView.Track> tracks = new ArrayList<>();
    for (int section = 0; section < ingest.media().size(); section++) {
      MediaKind kind = ingest.media().get(section).kind();
      List<StreamView.Source> sources = new ArrayList<>();
      for (SourceGroups.SourceGroup group : ingest.groups().groups()) {
        if (group.section() == section
            && !group.encodings().stream().allMatch(e -> ingest.isReplaced(e, nowNanos))) {
          sources.add(source(ingest, kind, group, nowNanos));
        }
      }
      tracks.add(
          new StreamView.Track(
              kind,
              ingest.sent(section, nowNanos),
              ingest.isActive(section, nowNanos),
              ingest.isScreen(),
              sources));
    }
    return new StreamView(
        ingest.stream(),
        Optional.ofNullable(names.get(ingest.id())),
        ingest.id(),
        ingest.codecs(),
        tracks);
  }

  private static StreamView.Source source(
      JvbIngest ingest, MediaKind kind, SourceGroups.SourceGroup group, long nowNanos) {
    String name = SourcePlan.name(ingest.id(), kind, group.number());
    List<StreamView.SourceEncoding> encodings = new ArrayList<>();
    boolean alone = group.encodings().size() == 1;
    List<IngestLink.Layer> layers = ingest.link().layers(name);
    for (int i = 0; i < group.encodings().size(); i++) {
      LearntEncoding encoding = group.encodings().get(i);
      EncodingMeter meter = ingest.meter(encoding.ssrc());
      boolean active =
          meter != null && meter.isActive(nowNanos) && !ingest.isReplaced(encoding, nowNanos);
      VideoSize size = meter == null ? null : meter.size();
      encodings.add(
          new StreamView.SourceEncoding(
              encoding.ssrc(),
              encoding.rtxSsrc(),
              encoding.rid(),
              active,
              meter == null || !active ? 0 : meter.bitrate(),
              size == null ? 0 : size.width(),
              size == null ? 0 : size.height(),
              alone ? 0 : highest(layers, i, IngestLink.Layer::height),
              highest(layers, i, IngestLink.Layer::spatial)));
    }
    return new StreamView.Source(
        name,
        group.encodings().get(0).ssrc(),
        encodings,
        alone ? lowestLayerHeight(layers, IngestLink.Layer::spatial, IngestLink.Layer::height) : 0);
  }

  private static <T> int lowestLayerHeight(
      List<T> layers, ToIntFunction<T> spatial, ToIntFunction<T> height) {
    return layers.stream().anyMatch(layer -> spatial.applyAsInt(layer) > 0)
        ? layers.stream()
            .filter(layer -> spatial.applyAsInt(layer) == 0)
            .mapToInt(height)
            .max()
            .orElse(0)
        : 0;
  }

  private static int highest(
      List<IngestLink.Layer> layers, int encoding, ToIntFunction<IngestLink.Layer> of) {
    return layers.stream()
        .filter(layer -> layer.encoding() == encoding)
        .mapToInt(of)
        .max()
        .orElse(0);
  }

  /** A participant that others have set up; empty when its id is no stream name. */
  private static Optional<StreamView> of(Participant participant, Map<String, String> names) {
    return StreamName.of(participant.id())
        .map(
            name ->
                new StreamView(
                    name,
                    Optional.ofNullable(names.get(participant.id())),
                    participant.id(),
                    JICOFO_CODECS,
                    participant.sources().stream().map(RoomViews::track).toList()));
  }

  private static StreamView.Track track(Participant.Source source) {
    return new StreamView.Track(
        source.kind(),
        JICOFO_CODECS.stream().filter(codec -> codec.kind() == source.kind()).toList(),
        source.active(),
        source.screen(),
        List.of(
            new StreamView.Source(
                source.name(), source.ssrc(), encodings(source), lowestLayerHeight(source))));
  }

  /** Of codecs whose payload tells layers apart, as VP9's does, players take them all. */
  private static int lowestLayerHeight(Participant.Source source) {
    boolean alone = source.layers().stream().allMatch(layer -> layer.encoding() == 0);
    return source.described() && alone
        ? lowestLayerHeight(source.layers(), Participant.Layer::spatial, Participant.Layer::height)
        : 0;
  }

  /** What the bridge knows of them, which measures no sizes. */
  private static List<StreamView.SourceEncoding> encodings(Participant.Source source) {
    int highest = highest(source.layers().stream(), Participant.Layer::encoding);
    List<StreamView.SourceEncoding> encodings = new ArrayList<>();
    for (int i = 0; i <= highest; i++) {
      int encoding = i;
      List<Participant.Layer> layers =
          source.layers().stream().filter(layer -> layer.encoding() == encoding).toList();
      int height = highest(layers.stream(), Participant.Layer::height);
      boolean comesIn = highest == 0 || layers.stream().anyMatch(Participant.Layer::active);
      encodings.add(
          new StreamView.SourceEncoding(
              Optional.empty(),
              source.active() && comesIn,
              layers.stream().mapToLong(Participant.Layer::bitrate).max().orElse(0),
              0,
              height,
              highest == 0 ? 0 : height,
              highest(layers.stream(), Participant.Layer::spatial)));
    }
    return encodings;
  }

  private static <T> int highest(Stream<T> layers, ToIntFunction<T> of) {
    return layers.mapToInt(of).max().orElse(0);
  }

  /** The layers of video, largest first. */
  static List<LayerInfo> layers(StreamView.Track track) {
    return track.kind() == MediaKind.VIDEO
        ? LayerInfos.of(track.encodings(), track.encodings().size() > 1, e -> OptionalLong.empty())
        : List.of();
  }
}
