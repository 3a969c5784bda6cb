package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.List;
import java.util.Optional;

/**
 * A publisher as it is now.
 *
 * @param endpointId its endpoint in the bridge
 * @param codecs what it may send
 * @param tracks its m-sections
 */
public record StreamView(
    StreamName name, String endpointId, List<Codec> codecs, List<Track> tracks) {
  public StreamView {
    codecs = List.copyOf(codecs);
    tracks = List.copyOf(tracks);
  }

  /** Whether media comes in. */
  boolean isLive() {
    return tracks.stream().anyMatch(Track::active);
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
   */
  public record Track(MediaKind kind, List<Codec> sent, boolean active, List<Source> sources) {
    public Track {
      sent = List.copyOf(sent);
      sources = List.copyOf(sources);
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

    /** Whether anything comes in. */
    public boolean isActive() {
      return encodings.stream().anyMatch(SourceEncoding::active);
    }
  }

  /**
   * One encoding.
   *
   * @param bitrate bits per second as measured
   * @param width in pixels; 0 while unknown
   * @param height in pixels; 0 while unknown
   * @param constraint the height by which the bridge chooses it; 0 when unknown
   * @param highestSpatialLayer within it; 0 where there is but one
   */
  public record SourceEncoding(
      Optional<String> rid,
      boolean active,
      long bitrate,
      int width,
      int height,
      int constraint,
      int highestSpatialLayer)
      implements PublishedEncoding {

    /** The bridge limits no frame rates. */
    @Override
    public int highestTemporalLayer() {
      return UNKNOWN;
    }
  }
}
