package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.stage.Stage;
import java.util.List;
import java.util.Optional;

/** The stage of a conference. Pure. */
public final class ConferenceStage {
  private ConferenceStage() {}

  /**
   * The streams in the order in which a player of the stage gets them; the first is on the stage.
   *
   * @param streams in the order in which they came
   * @param before who was on the stage
   * @param speaker the endpoint of the active speaker
   */
  public static List<StreamView> order(
      List<StreamView> streams, Optional<StreamName> before, Optional<String> speaker) {
    return Stage.order(
        streams,
        StreamView::isLive,
        Stage.first(
            streams,
            StreamView::isLive,
            stream -> speaker.equals(Optional.of(stream.endpointId())),
            stream -> before.equals(Optional.of(stream.name()))));
  }
}
