package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.stage.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stage of a conference. Pure. */
public final class ConferenceStage {
  private ConferenceStage() {}

  /**
   * The streams in the orders in which a player of the stage gets them.
   *
   * @param streams in the order in which they came
   * @param before whose picture was on the stage
   * @param speakers the endpoints of those who have spoken lately, the active speaker first
   * @param screen who is on the stage for the screen that it shares
   */
  public static Order order(
      List<StreamView> streams,
      Optional<StreamName> before,
      List<String> speakers,
      Optional<StreamView> screen) {
    Optional<StreamView> speaker =
        Stage.first(
            streams,
            StreamView::isLive,
            stream -> speakers.indexOf(stream.endpointId()) == 0,
            stream -> before.equals(Optional.of(stream.name())));
    Optional<StreamView> seen =
        Stage.seen(
            lastSpeakersFirst(streams, speakers),
            StreamView::isSeen,
            speaker,
            stream -> before.equals(Optional.of(stream.name())));
    return new Order(
        Stage.order(streams, StreamView::isSeen, screen.or(() -> seen)),
        heard(Stage.order(streams, StreamView::isLive, speaker), speakers));
  }

  private static List<StreamView> lastSpeakersFirst(
      List<StreamView> streams, List<String> speakers) {
    return streams.stream()
        .sorted(Comparator.comparing(stream -> rank(speakers.indexOf(stream.endpointId()))))
        .toList();
  }

  /** Those whose sound comes in, the last who spoke first; then those whose does not. */
  private static List<StreamView> heard(List<StreamView> streams, List<String> speakers) {
    return lastSpeakersFirst(streams, speakers).stream()
        .sorted(Comparator.comparing(stream -> !stream.isHeard()))
        .toList();
  }

  private static int rank(int index) {
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  /**
   * Who is seen, and who is heard.
   *
   * @param video the first one is on the stage
   * @param audio the first one is the active speaker, if its sound comes in
   */
  public record Order(List<StreamView> video, List<StreamView> audio) {
    /** Nobody. */
    public static final Order NONE = new Order(List.of(), List.of());

    public Order {
      video = List.copyOf(video);
      audio = List.copyOf(audio);
    }

    /** The same for players ({@link StreamView#ranked}). */
    public Order ranked() {
      return new Order(
          video.stream().map(StreamView::ranked).toList(),
          audio.stream().map(StreamView::ranked).toList());
    }
  }
}
