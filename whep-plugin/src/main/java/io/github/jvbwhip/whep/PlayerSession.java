package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.whep.events.EventRecipient;
import io.github.jvbwhip.whep.events.PlayerEvents;
import io.github.jvbwhip.whep.events.SessionStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What WHEP keeps of a session beside the session itself. Thread-safe. */
final class PlayerSession implements EventRecipient {
  /**
   * A video m-section.
   *
   * @param index of its m-line
   */
  record Video(int index, String mid) {}

  /** What the player takes. */
  private record Negotiated(List<EgressMedia> media, List<Video> videos) {}

  private final Session<EgressEndpoint> session;
  private final Optional<ServerOfferPlan> offered;
  private final SessionStreams streams;
  private volatile Negotiated negotiated;

  /** Of a player whose offer is answered. */
  PlayerSession(
      Session<EgressEndpoint> session, EgressPlan plan, PlayerEvents events, int maxStreams) {
    this.session = session;
    this.offered = Optional.empty();
    this.negotiated = new Negotiated(plan.media(), videos(plan.outline()));
    this.streams = new SessionStreams(events, this, maxStreams);
  }

  /** Of a player that is to answer the server's offer. */
  PlayerSession(
      Session<EgressEndpoint> session, ServerOfferPlan plan, PlayerEvents events, int maxStreams) {
    this.session = session;
    this.offered = Optional.of(plan);
    this.negotiated = new Negotiated(plan.media(), videos(plan.media()));
    this.streams = new SessionStreams(events, this, maxStreams);
  }

  private static List<Video> videos(AnswerOutline outline) {
    List<Video> videos = new ArrayList<>();
    List<AnswerOutline.Section> sections = outline.sections();
    for (int i = 0; i < sections.size(); i++) {
      Optional<AnswerOutline.Accepted> accepted = sections.get(i).accepted();
      if (accepted.isPresent() && accepted.get().kind() == MediaKind.VIDEO) {
        videos.add(new Video(i, accepted.get().mid()));
      }
    }
    return List.copyOf(videos);
  }

  /** The server offers one m-line for each. */
  private static List<Video> videos(List<EgressMedia> media) {
    List<Video> videos = new ArrayList<>();
    for (int i = 0; i < media.size(); i++) {
      if (media.get(i).kind() == MediaKind.VIDEO) {
        videos.add(new Video(i, media.get(i).mid()));
      }
    }
    return List.copyOf(videos);
  }

  Session<EgressEndpoint> session() {
    return session;
  }

  /** The server's offer, where there was one. */
  Optional<ServerOfferPlan> offered() {
    return offered;
  }

  /** The player has answered the server's offer. */
  void answered(EgressPlan plan) {
    negotiated = new Negotiated(plan.media(), videos(plan.outline()));
  }

  SessionStreams streams() {
    return streams;
  }

  /** The video m-sections, in order. */
  List<Video> videos() {
    return negotiated.videos();
  }

  @Override
  public RoomName room() {
    return session.room();
  }

  @Override
  public Optional<StreamName> pinned() {
    return session.stream();
  }

  @Override
  public OptionalInt videoIndex() {
    return videos().stream().mapToInt(Video::index).findFirst();
  }

  @Override
  public boolean takes(Codec codec) {
    return negotiated.media().stream()
        .filter(media -> media.kind() == codec.kind())
        .flatMap(media -> media.codecs().stream())
        .anyMatch(own -> own.codec().is(codec.name()));
  }

  @Override
  public Optional<EndpointStats> stats() {
    return session.endpoint().map(BridgeEndpoint::stats);
  }
}
