package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.stage.LayerInfos;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The encodings that another server has of a video: one of them comes in the session of the video
 * itself, others in sessions of their own while some player wants them. Guarded by the room's lock.
 */
final class OfferedEncodings {
  private final EncodingSource own;
  private final Map<String, EncodingSource> further = new HashMap<>();
  private Map<String, OfferedEncoding> offered = Map.of();
  private Optional<String> brought = Optional.empty();
  private Consumer<Set<String>> wanted = names -> {};
  private Set<String> told = Set.of();

  /**
   * @param own the video of the session that is always there
   */
  OfferedEncodings(EncodingSource own) {
    this.own = own;
  }

  /** Takes what the server tells; {@link io.github.jvbwhip.core.bridge.RemoteEncodings}. */
  void offer(List<LayerInfo> layers, Optional<String> nowBrought, Consumer<Set<String>> listener) {
    Map<String, OfferedEncoding> next = new LinkedHashMap<>();
    for (LayerInfo layer : layers) {
      String name = layer.rid().orElseThrow();
      OfferedEncoding known = offered.get(name);
      if (known == null) {
        known = new OfferedEncoding(name, () -> bringing(name), layer);
      }
      known.tell(layer);
      next.put(name, known);
    }
    offered = next.size() > 1 ? next : Map.of();
    brought = nowBrought;
    wanted = listener;
  }

  /** Whether there is any choice. */
  boolean isAny() {
    return !offered.isEmpty();
  }

  /** Those to choose from. */
  List<PublishedEncoding> all() {
    return List.copyOf(offered.values());
  }

  /** As they are told to players, largest first. */
  List<LayerInfo> layers() {
    return LayerInfos.of(new ArrayList<>(offered.values()), true, OfferedEncoding::targetBitrate);
  }

  /**
   * The encoding to send for that one: until it comes, what comes anyway. What the session that is
   * always there brings may be another one for a moment, when that has just been changed.
   */
  Optional<Encoding> bringing(String name) {
    EncodingSource other = further.get(name);
    Optional<Encoding> there =
        other == null ? Optional.empty() : other.newest().filter(Encoding::active);
    return there.isPresent() ? there : own.newest();
  }

  /** What that encoding, which comes in, is called at the server. */
  Optional<String> name(Encoding encoding) {
    return isAny() && encoding.rid().isEmpty() ? brought : encoding.rid();
  }

  // What comes in sessions of its own.

  void add(String name, EncodingSource media) {
    further.put(name, media);
  }

  void remove(EncodingSource media) {
    further.values().remove(media);
  }

  /** Whether it comes in a further session. */
  boolean has(Encoding encoding) {
    for (EncodingSource each : further.values()) {
      if (each.brings(encoding)) {
        return true;
      }
    }
    return false;
  }

  void askForKeyframes(long now) {
    further.values().forEach(each -> each.owner().askForKeyframes(now));
  }

  // Who wants what.

  /** Looks which of them are wanted, and tells that where it is new. */
  void recount() {
    Set<String> names = new TreeSet<>();
    for (MediaFollower follower : own.followers()) {
      follower.wanted(own.owner()).ifPresent(names::add);
    }
    if (!names.equals(told)) {
      told = Set.copyOf(names);
      wanted.accept(told);
    }
  }
}
