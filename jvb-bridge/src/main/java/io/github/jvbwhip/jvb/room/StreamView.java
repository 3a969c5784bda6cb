package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.Pinnable;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A publisher as it is now.
 *
 * @param displayName what people call it, where that is known
 * @param endpointId its endpoint in the bridge
 * @param codecs what it may send
 * @param tracks its m-sections
 */
public record StreamView(
    StreamName name,
    Optional<String> displayName,
    String endpointId,
    List<Codec> codecs,
    List<Track> tracks)
    implements Pinnable<StreamView> {
  public StreamView {
    codecs = List.copyOf(codecs);
    tracks = List.copyOf(tracks);
  }

  /** One that has no other name. */
  public StreamView(StreamName name, String endpointId, List<Codec> codecs, List<Track> tracks) {
    this(name, Optional.empty(), endpointId, codecs, tracks);
  }

  private StreamView with(Stream<Track> others) {
    return new StreamView(name, displayName, endpointId, codecs, others.toList());
  }

  /**
   * The same for players: with ranks in the place of bitrates, which are never the same twice, and
   * of which their order alone is of interest.
   */
  public StreamView ranked() {
    return with(tracks.stream().map(Track::ranked));
  }

  /** The same with the screens that it shares before its other tracks. */
  public StreamView screensFirst() {
    return with(tracks.stream().sorted(Comparator.comparing(track -> !track.showsScreen())));
  }

  @Override
  public boolean isLive() {
    return tracks.stream().anyMatch(Track::active);
  }

  /** Whether a picture comes in. */
  boolean isSeen() {
    return tracks(MediaKind.VIDEO).stream().anyMatch(Track::active);
  }

  /** Whether sound comes in. */
  public boolean isHeard() {
    return tracks(MediaKind.AUDIO).stream().anyMatch(Track::active);
  }

  @Override
  public boolean hasVideo(String source) {
    return tracks(MediaKind.VIDEO).stream().anyMatch(track -> track.has(source));
  }

  @Override
  public StreamView only(String source) {
    return with(tracks.stream().filter(t -> t.kind() == MediaKind.AUDIO || t.has(source)));
  }

  /** The tracks of that kind. */
  public List<Track> tracks(MediaKind kind) {
    return tracks.stream().filter(track -> track.kind() == kind).toList();
  }

  /**
   * One m-section: one source, or where the bridge cannot switch between the encodings several of
   * the same picture; none while no SSRC is known.
   *
   * @param sent what it sends, as far as that is known
   * @param active whether media comes in
   * @param screen whether it is a screen, as the publisher says
   */
  public record Track(
      MediaKind kind, List<Codec> sent, boolean active, boolean screen, List<Source> sources) {
    public Track {
      sent = List.copyOf(sent);
      sources = List.copyOf(sources);
    }

    /** One that is no screen. */
    public Track(MediaKind kind, List<Codec> sent, boolean active, List<Source> sources) {
      this(kind, sent, active, false, sources);
    }

    /** Whether a screen is seen in it now. */
    public boolean showsScreen() {
      return kind == MediaKind.VIDEO && screen && active;
    }

    /** Whether the bridge has a source of that name for it. */
    public boolean has(String source) {
      return sources.stream().anyMatch(each -> each.name().equals(source));
    }

    /** What the bridge calls its first source. */
    public Optional<String> source() {
      return sources.stream().findFirst().map(Source::name);
    }

    /** Whether what it sends has spatial layers that a dependency descriptor tells apart. */
    public boolean isDescribed() {
      return sent.stream()
          .anyMatch(codec -> CodecType.of(codec).payload() == PayloadForm.DESCRIBED);
    }

    /** All encodings. */
    public List<SourceEncoding> encodings() {
      return sources.stream().flatMap(s -> s.encodings().stream()).toList();
    }

    private Track ranked() {
      List<SourceEncoding> smallestFirst = PublishedEncoding.smallestFirst(encodings());
      return new Track(
          kind,
          sent,
          active,
          screen,
          sources.stream().map(source -> source.ranked(smallestFirst)).toList());
    }

    /** The source that has that encoding. */
    Source sourceOf(SourceEncoding encoding) {
      return sources.stream()
          .filter(source -> source.encodings().contains(encoding))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * One source of the bridge.
   *
   * @param name in the bridge
   * @param ssrc what its packets have after the bridge's projection
   * @param lowestLayerHeight the height by which the bridge chooses the lowest spatial layer; 0
   *     where there is but one, or it is unknown
   */
  public record Source(
      String name, long ssrc, List<SourceEncoding> encodings, int lowestLayerHeight) {
    public Source {
      encodings = List.copyOf(encodings);
    }

    /** A source without spatial layers, as far as is known. */
    public Source(String name, long ssrc, List<SourceEncoding> encodings) {
      this(name, ssrc, encodings, 0);
    }

    private Source ranked(List<SourceEncoding> smallestFirst) {
      return new Source(
          name,
          ssrc,
          encodings.stream().map(e -> e.withBitrate(smallestFirst.indexOf(e))).toList(),
          lowestLayerHeight);
    }

    /** Whether anything comes in. */
    public boolean isActive() {
      return encodings.stream().anyMatch(SourceEncoding::active);
    }
  }

  /**
   * One encoding.
   *
   * @param ssrc in the conference; 0 where it is not known
   * @param rtxSsrc of its retransmissions, where they have one that is known
   * @param bitrate bits per second as measured
   * @param width in pixels; 0 while unknown
   * @param height in pixels; 0 while unknown
   * @param constraint the height by which the bridge chooses it; 0 when unknown
   * @param highestSpatialLayer within it; 0 where there is but one
   */
  public record SourceEncoding(
      long ssrc,
      OptionalLong rtxSsrc,
      Optional<String> rid,
      boolean active,
      long bitrate,
      int width,
      int height,
      int constraint,
      int highestSpatialLayer)
      implements PublishedEncoding {

    /** One whose SSRCs are not known. */
    public SourceEncoding(
        Optional<String> rid,
        boolean active,
        long bitrate,
        int width,
        int height,
        int constraint,
        int highestSpatialLayer) {
      this(
          0,
          OptionalLong.empty(),
          rid,
          active,
          bitrate,
          width,
          height,
          constraint,
          highestSpatialLayer);
    }

    private SourceEncoding withBitrate(long other) {
      return new SourceEncoding(
          ssrc, rtxSsrc, rid, active, other, width, height, constraint, highestSpatialLayer);
    }

    /** Of those that the bridge tells only heights are known. */
    @Override
    public long pixels() {
      return (long) height * (width > 0 ? width : height);
    }

    /** The bridge limits no frame rates. */
    @Override
    public int highestTemporalLayer() {
      return UNKNOWN;
    }
  }
}
