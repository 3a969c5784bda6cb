package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One publisher of a room as it is now.
 *
 * @param displayName what people call it, where that is known
 * @param tracks its m-sections, in the order in which players get them
 */
public record StreamSnapshot(
    StreamName name, Optional<String> displayName, List<TrackSnapshot> tracks)
    implements Pinnable<StreamSnapshot> {
  public StreamSnapshot {
    tracks = List.copyOf(tracks);
  }

  /** One that has no other name. */
  public StreamSnapshot(StreamName name, List<TrackSnapshot> tracks) {
    this(name, Optional.empty(), tracks);
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

  @Override
  public boolean isLive() {
    return tracks.stream().anyMatch(TrackSnapshot::active);
  }

  @Override
  public boolean hasVideo(String source) {
    return tracks(MediaKind.VIDEO).stream().anyMatch(track -> track.isCalled(source));
  }

  @Override
  public StreamSnapshot only(String source) {
    return new StreamSnapshot(
        name,
        displayName,
        tracks.stream()
            .filter(track -> track.kind() == MediaKind.AUDIO || track.isCalled(source))
            .toList());
  }
}
