package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.payload.VideoSize;
import io.github.jvbwhip.core.stage.LayerInfos;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jitsi.nlj.MediaSourceDesc;
import org.jitsi.nlj.RtpLayerDesc;
import org.jitsi.videobridge.AbstractEndpoint;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.relay.AudioSourceDesc;

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
   * @param own the ids of the plugin's endpoints
   */
  static List<StreamView> of(
      List<JvbIngest> publishers, Optional<Conference> conference, Set<String> own, long nowNanos) {
    List<StreamView> views = new ArrayList<>();
    publishers.forEach(publisher -> views.add(of(publisher, nowNanos)));
    conference.ifPresent(
        c ->
            c.getEndpoints().stream()
                .filter(e -> !e.getVisitor() && !e.isExpired() && !own.contains(e.getId()))
                .flatMap(e -> of(e).stream())
                .forEach(views::add));
    return views;
  }

  private static StreamView of(JvbIngest ingest, long nowNanos) {
    List<StreamView.Track> tracks = new ArrayList<>();
    for (int section = 0; section < ingest.media().size(); section++) {
      MediaKind kind = ingest.media().get(section).kind();
      List<StreamView.Source> sources = new ArrayList<>();
      for (SourceGroups.Group group : ingest.groups().groups()) {
        if (group.section() == section) {
          sources.add(source(ingest, kind, group, nowNanos));
        }
      }
      tracks.add(new StreamView.Track(kind, sources));
    }
    return new StreamView(
        ingest.stream(), ingest.id(), ingest.codecs(), tracks, ingest.active(nowNanos));
  }

  private static StreamView.Source source(
      JvbIngest ingest, MediaKind kind, SourceGroups.Group group, long nowNanos) {
    String name = JvbIngest.sourceName(ingest.id(), kind, group.number());
    List<StreamView.Encoding> encodings = new ArrayList<>();
    boolean alone = group.encodings().size() == 1;
    for (int i = 0; i < group.encodings().size(); i++) {
      LearntEncoding encoding = group.encodings().get(i);
      EncodingMeter meter = ingest.meter(encoding.ssrc());
      boolean active = meter != null && meter.isActive(nowNanos);
      VideoSize size = meter == null ? null : meter.size();
      encodings.add(
          new StreamView.Encoding(
              encoding.rid(),
              active,
              meter == null || !active ? 0 : meter.bitrate(),
              size == null ? 0 : size.width(),
              size == null ? 0 : size.height(),
              alone ? 0 : highest(layers(ingest.endpoint(), name, i), RtpLayerDesc::getHeight),
              highest(layers(ingest.endpoint(), name, i), RtpLayerDesc::getSid)));
    }
    return new StreamView.Source(name, group.encodings().get(0).ssrc(), encodings);
  }

  /** What the bridge knows of an encoding of a source. */
  private static List<RtpLayerDesc> layers(AbstractEndpoint endpoint, String source, int encoding) {
    for (MediaSourceDesc desc : endpoint.getMediaSources()) {
      if (desc.getSourceName().equals(source)) {
        return desc.getRtpLayers().stream().filter(layer -> layer.getEid() == encoding).toList();
      }
    }
    return List.of();
  }

  private static int highest(List<RtpLayerDesc> layers, ToIntFunction<RtpLayerDesc> of) {
    return layers.stream().mapToInt(of).max().orElse(0);
  }

  /** A participant that others have set up; empty when its id is no stream name. */
  private static Optional<StreamView> of(AbstractEndpoint endpoint) {
    Set<MediaKind> active = EnumSet.noneOf(MediaKind.class);
    if (endpoint.isSendingAudio()) {
      active.add(MediaKind.AUDIO);
    }
    if (endpoint.isSendingVideo()) {
      active.add(MediaKind.VIDEO);
    }
    List<StreamView.Track> tracks = new ArrayList<>();
    for (AudioSourceDesc audio : endpoint.getAudioSources()) {
      if (audio.getSourceName() != null) {
        tracks.add(
            track(
                MediaKind.AUDIO,
                audio.getSourceName(),
                audio.getSsrc(),
                active.contains(MediaKind.AUDIO),
                0));
      }
    }
    for (MediaSourceDesc video : endpoint.getMediaSources()) {
      tracks.add(
          track(
              MediaKind.VIDEO,
              video.getSourceName(),
              video.getPrimarySSRC(),
              active.contains(MediaKind.VIDEO),
              highest(video.getRtpLayers(), layer -> Math.max(layer.getEid(), layer.getSid()))));
    }
    return StreamName.of(endpoint.getId())
        .map(name -> new StreamView(name, endpoint.getId(), JICOFO_CODECS, tracks, active));
  }

  private static StreamView.Track track(
      MediaKind kind, String name, long ssrc, boolean active, int highestSpatialLayer) {
    StreamView.Encoding encoding =
        new StreamView.Encoding(Optional.empty(), active, 0, 0, 0, 0, highestSpatialLayer);
    return new StreamView.Track(
        kind, List.of(new StreamView.Source(name, ssrc, List.of(encoding))));
  }

  /** In the port's words. */
  static StreamSnapshot snapshot(StreamView view) {
    return new StreamSnapshot(view.name(), view.codecs(), view.active(), layers(view));
  }

  /** The video layers, largest first. */
  static List<LayerInfo> layers(StreamView view) {
    return view.tracks(MediaKind.VIDEO).stream()
        .flatMap(
            track ->
                LayerInfos.of(
                    track.encodings(), track.encodings().size() > 1, e -> OptionalLong.empty())
                    .stream())
        .toList();
  }
}
