package io.github.jvbwhip.jvb;

import io.github.jvbwhip.jvb.host.EgressLink;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a player is to get; only changes are told to the bridge. Not thread-safe. */
final class ReceiverWishes {
  private static final long REMIND_NANOS = 1_000_000_000L;

  private final EgressLink link;
  private List<EgressLink.Video> video = List.of();
  private Set<String> names = Set.of();
  private Set<String> audio = Set.of();
  private long toldNanos;

  ReceiverWishes(EgressLink link, long nowNanos) {
    this.link = link;
    this.toldNanos = nowNanos;
  }

  /**
   * These video sources, the most important first, and no others.
   *
   * @return whether that is news for the bridge
   */
  boolean video(List<EgressLink.Video> wanted, long nowNanos) {
    if (wanted.equals(video)) {
      return false;
    }
    video = List.copyOf(wanted);
    names = wanted.stream().map(EgressLink.Video::source).collect(Collectors.toUnmodifiableSet());
    tell(nowNanos);
    return true;
  }

  /**
   * Has the bridge think again about what it forwards, once a second at most. It does so by itself
   * every five seconds, and by then may have left out for that long what it met with a burst: a
   * first keyframe measures as many megabits per second.
   */
  void remind(long nowNanos) {
    if (nowNanos - toldNanos > REMIND_NANOS) {
      tell(nowNanos);
    }
  }

  private void tell(long nowNanos) {
    toldNanos = nowNanos;
    link.show(video);
  }

  /** These audio sources and no others. */
  void audio(Set<String> wanted) {
    if (!wanted.equals(audio)) {
      audio = Set.copyOf(wanted);
      link.hear(audio);
    }
  }

  /**
   * The video sources that the bridge forwards. It tells their names on several threads, so that
   * the last message may be an old one; their number is that of now.
   */
  Set<String> forwarded() {
    int count = link.forwardedCount();
    if (count == 0) {
      return Set.of();
    }
    return count >= names.size() ? names : link.forwarded();
  }
}
