package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The screens that are shared in a room, in the order in which that began. Not thread-safe. */
public final class Screens {
  private final List<String> sources = new ArrayList<>();

  /** Looks which ones there are now, and says who has begun last. */
  public Optional<StreamView> newest(List<StreamView> streams) {
    List<String> now =
        streams.stream()
            .flatMap(stream -> stream.tracks(MediaKind.VIDEO).stream())
            .filter(StreamView.Track::showsScreen)
            .flatMap(track -> track.source().stream())
            .toList();
    sources.retainAll(now);
    now.stream().filter(source -> !sources.contains(source)).forEach(sources::add);
    return sources.isEmpty()
        ? Optional.empty()
        : streams.stream()
            .filter(stream -> stream.hasVideo(sources.get(sources.size() - 1)))
            .findFirst();
  }
}
