package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One publisher of a room as it is now.
 *
 * @param tracks its m-sections, in the order in which players get them
 */
public record StreamSnapshot(StreamName name, List<TrackSnapshot> tracks) {
  public StreamSnapshot {
    tracks = List.copyOf(tracks);
  }

  /** The tracks of that kind. */
  public List<TrackSnapshot> tracks(MediaKind kind) {
    return tracks.stream().filter(track -> track.kind() == kind).toList();
  }

  /** What all tracks send, each codec once. */
  public List<Codec> codecs() {
    return tracks.stream().flatMap(track -> track.codecs().stream()).distinct().toList();
  }

  /** The layers of its first video track, largest first. */
  public List<LayerInfo> layers() {
    return tracks(MediaKind.VIDEO).stream()
        .findFirst()
        .map(TrackSnapshot::layers)
        .orElse(List.of());
  }

  /** The kinds of which media is coming in. */
  public Set<MediaKind> active() {
    return tracks.stream()
        .filter(TrackSnapshot::active)
        .map(TrackSnapshot::kind)
        .collect(Collectors.toUnmodifiableSet());
  }
}
