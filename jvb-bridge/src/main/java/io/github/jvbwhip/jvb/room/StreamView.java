package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A publisher as it is now.
 *
 * @param endpointId its endpoint in the bridge
 * @param codecs what it may send
 * @param sent what it sends, as far as that is known
 * @param tracks its m-sections
 * @param active the kinds of which media comes in
 */
public record StreamView(
    StreamName name,
    String endpointId,
    List<Codec> codecs,
    List<Codec> sent,
    List<Track> tracks,
    Set<MediaKind> active) {
  public StreamView {
    codecs = List.copyOf(codecs);
    sent = List.copyOf(sent);
    tracks = List.copyOf(tracks);
    active = Set.copyOf(active);
  }

  /** Whether what it sends has spatial layers that a dependency descriptor tells apart. */
  public boolean isDescribed() {
    return sent.stream().anyMatch(codec -> CodecType.of(codec).payload() == PayloadForm.DESCRIBED);
  }

  /** Whether media comes in. */
  boolean isLive() {
    return !active.isEmpty();
  }

  /** The tracks of that kind that have a source. */
  public List<Track> tracks(MediaKind kind) {
    return tracks.stream().filter(t -> t.kind() == kind && !t.sources().isEmpty()).toList();
  }

  /**
   * One m-section: one source, or where the bridge cannot switch between the encodings several of
   * the same picture.
   */
  public record Track(MediaKind kind, List<Source> sources) {
    public Track {
      sources = List.copyOf(sources);
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
