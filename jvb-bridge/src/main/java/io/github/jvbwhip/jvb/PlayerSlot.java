package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.FeedPool;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import io.github.jvbwhip.jvb.room.KeyframeWait;
import io.github.jvbwhip.jvb.room.LayerChoice;
import io.github.jvbwhip.jvb.room.StreamView;
import io.github.jvbwhip.jvb.room.Suspensions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One m-section of a player. The room decides what is shown; other threads may read, and select a
 * layer.
 */
final class PlayerSlot {
  /** An encoding that has not come for this long does not fit the bandwidth. */
  private static final long WISH_NANOS = 5_000_000_000L;

  /** What is shown: a track of a stream. */
  record Shown(StreamView stream, StreamView.Track track) {}

  private final SentSource sent;
  private final SlotRewriter rewriter;
  private final FeedPool feeds;
  private final Suspensions suspensions = new Suspensions();
  private volatile EgressMedia media;
  private volatile LayerSelection selection = LayerSelection.AUTOMATIC;
  private volatile @Nullable Shown shown;
  private int maxHeight = LayerChoice.UNLIMITED;
  private boolean missing;
  private boolean comesIn;
  private @Nullable List<Codec> aimedCodecs;
  private @Nullable EgressMedia aimedMedia;
  private int aimedEncoding = LayerChoice.ANY;
  private boolean otherEncoding;
  private final KeyframeWait keyframe = new KeyframeWait();

  /**
   * @param feeds of the room
   */
  PlayerSlot(EgressMedia media, SentSource sent, SlotRewriter rewriter, FeedPool feeds) {
    this.feeds = feeds;
    this.media = media;
    this.sent = sent;
    this.rewriter = rewriter;
  }

  SentSource sent() {
    return sent;
  }

  SlotRewriter rewriter() {
    return rewriter;
  }

  EgressMedia media() {
    return media;
  }

  MediaKind kind() {
    return media.kind();
  }

  /** The player accepted less than was offered. */
  void accept(EgressMedia accepted) {
    media = accepted;
  }

  void select(LayerSelection wanted) {
    selection = wanted;
  }

  /** Whether that is what is shown. */
  boolean shows(Shown other) {
    Shown now = shown;
    return now != null
        && now.stream().endpointId().equals(other.stream().endpointId())
        && now.track().source().isPresent()
        && now.track().source().equals(other.track().source());
  }

  /** The track that is shown. */
  Optional<StreamView.Track> track() {
    return Optional.ofNullable(shown).map(Shown::track);
  }

  /**
   * Shows this, or nothing new.
   *
   * @param forwarded the sources that the bridge forwards to the player
   */
  void show(@Nullable Shown next, Set<String> forwarded, long nowNanos) {
    shown = next;
    choose(next, forwarded, nowNanos);
    comesIn = next != null && comesIn(next, rewriter.target());
  }

  private void choose(@Nullable Shown next, Set<String> forwarded, long nowNanos) {
    if (next == null || next.track().sources().isEmpty()) {
      rewriter.setTarget(null);
      suspensions.choose(null, nowNanos);
      missing = false;
      return;
    }
    Set<String> suspended = suspended(next, forwarded, nowNanos);
    Optional<LayerChoice> choice =
        LayerChoice.of(next.track(), selection, suspended)
            .or(() -> LayerChoice.of(next.track(), LayerSelection.AUTOMATIC, suspended));
    choice.ifPresent(c -> aim(next, c, nowNanos));
  }

  /** Shows the same, by another selection. */
  void showAgain(Set<String> forwarded, long nowNanos) {
    show(shown, forwarded, nowNanos);
  }

  /**
   * What of a video is sent now. Any thread.
   *
   * @param live whether the player is connected
   */
  SentVideo video(boolean live, long nowNanos) {
    String mid = media.mid();
    Feed current = rewriter.current();
    Shown now = shown;
    long bitrate = rewriter.bitrate(nowNanos);
    int requests = rewriter.keyframeRequests();
    if (!live || current == null || now == null || bitrate == 0) {
      return SentVideo.nothing(mid, requests);
    }
    // Until another source begins, the one before is sent, whose pictures are not known any more.
    Optional<StreamView.SourceEncoding> encoding =
        now.track().sources().stream()
            .filter(source -> source.name().equals(current.sourceName()))
            .map(StreamView.Source::encodings)
            .findFirst()
            .flatMap(all -> all.stream().skip(Math.max(0, rewriter.encoding())).findFirst());
    return encoding
        .map(
            of ->
                SentVideo.of(
                    mid, now.stream().name(), of.rid(), of.width(), of.height(), bitrate, requests))
        .orElseGet(() -> SentVideo.unknown(mid, bitrate, requests));
  }

  /**
   * Whether nothing will change here, unless something in the room does: what is aimed at flows, or
   * does not come in. Asked for each player again and again, and so asks nobody.
   *
   * @param forwarded the sources that the bridge forwards to the player
   */
  boolean isSettled(Set<String> forwarded, long nowNanos) {
    Feed target = rewriter.target();
    if (target == null) {
      return true;
    }
    if (kind() == MediaKind.AUDIO) {
      return !comesIn || !rewriter.isSwitching();
    }
    boolean settled =
        !comesIn
            || forwarded.contains(target.sourceName())
                && !rewriter.isSwitching()
                && !missing
                && !suspensions.isOver(nowNanos)
                && !awaitsEncoding(nowNanos);
    if (settled) {
      suspensions.flows(nowNanos);
    }
    return settled;
  }

  private static boolean comesIn(Shown next, @Nullable Feed target) {
    return target != null
        && next.track().sources().stream()
            .anyMatch(source -> source.name().equals(target.sourceName()) && source.isActive());
  }

  private void aim(Shown next, LayerChoice choice, long nowNanos) {
    maxHeight = maxHeight(next, choice);
    suspensions.choose(choice.source().name(), nowNanos);
    EgressMedia accepted = media;
    Feed target = rewriter.target();
    boolean same =
        target != null
            && target.isOf(
                next.stream().endpointId(), choice.source().name(), choice.source().ssrc())
            && next.stream().codecs().equals(aimedCodecs)
            && accepted.equals(aimedMedia);
    if (!same) {
      aimedCodecs = next.stream().codecs();
      aimedMedia = accepted;
      rewriter.setTarget(feed(next, choice.source(), accepted));
    }
    if (!same || choice.encoding() != aimedEncoding) {
      aimedEncoding = choice.encoding();
      otherEncoding = same;
      keyframe.begin(nowNanos);
    }
  }

  /**
   * A player without the dependency descriptor can decode the lowest spatial layer alone, and the
   * bridge would send that one with keyframes only.
   */
  private int maxHeight(Shown next, LayerChoice choice) {
    int lowest = choice.source().lowestLayerHeight();
    boolean higher = choice.maxHeight() == LayerChoice.UNLIMITED || choice.maxHeight() > lowest;
    return higher
            && lowest > 0
            && rewriter.descriptorId() == SlotRewriter.NOT_NEGOTIATED
            && next.track().isDescribed()
        ? lowest
        : choice.maxHeight();
  }

  /** The waiting for the keyframe that {@link #awaited} tells. */
  KeyframeWait keyframe() {
    return keyframe;
  }

  /**
   * The source whose keyframe is waited for now, if any. The bridge asks for the keyframe of a
   * source that it takes up itself.
   *
   * @param forwarded the sources that the bridge forwards to the player
   */
  @Nullable Feed awaited(Set<String> forwarded, long nowNanos) {
    Feed target = rewriter.target();
    if (kind() != MediaKind.VIDEO
        || target == null
        || !forwarded.contains(target.sourceName())
        || !(rewriter.isSwitching() || awaitsEncoding(nowNanos))) {
      return null;
    }
    return target;
  }

  private boolean awaitsEncoding(long nowNanos) {
    if (aimedEncoding == LayerChoice.ANY) {
      return otherEncoding && !keyframe.wasAsked(); // Which one it will be is up to the bridge.
    }
    return aimedEncoding != rewriter.encoding() && keyframe.elapsed(nowNanos) < WISH_NANOS;
  }

  private @Nullable Feed feed(Shown next, StreamView.Source source, EgressMedia accepted) {
    return Feed.of(
            next.stream().endpointId(),
            source.name(),
            source.ssrc(),
            next.stream().codecs(),
            rewriter.conference(),
            accepted)
        .map(feeds::share)
        .orElse(null);
  }

  /** Of several sources of one picture the bridge may find that the chosen one does not fit. */
  private Set<String> suspended(Shown next, Set<String> forwarded, long nowNanos) {
    if (kind() != MediaKind.VIDEO) {
      return Set.of();
    }
    Set<String> active =
        next.track().sources().stream()
            .filter(StreamView.Source::isActive)
            .map(StreamView.Source::name)
            .collect(Collectors.toSet());
    missing = suspensions.look(active, forwarded, nowNanos);
    return suspensions.sources();
  }

  /** Whether the bridge has not forwarded for a while what is to be shown, although it comes in. */
  boolean isMissing() {
    return missing;
  }

  /** What must flow: the source aimed at, and the one that is forwarded until that has begun. */
  Stream<Feed> feeds() {
    return Stream.of(
            Optional.ofNullable(rewriter.target()), Optional.ofNullable(rewriter.current()))
        .flatMap(Optional::stream)
        .filter(feed -> rewriter.isSwitching() || feed.equals(rewriter.target()))
        .distinct();
  }

  /** The same as constraints for the bridge. */
  List<EgressLink.Video> wanted() {
    return kind() == MediaKind.VIDEO
        ? feeds().map(feed -> new EgressLink.Video(feed.sourceName(), limit(feed))).toList()
        : List.of();
  }

  private int limit(Feed feed) {
    return feed.equals(rewriter.target()) ? maxHeight : LayerChoice.UNLIMITED;
  }
}
