package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionOrigin;
import io.github.jvbwhip.whep.events.EventDistributor;
import io.github.jvbwhip.whep.events.EventRecipient;
import io.github.jvbwhip.whep.events.LastWord;
import io.github.jvbwhip.whep.events.SessionStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A player's session: what it takes, and its event streams. Thread-safe. */
final class PlayerSession extends Session<EgressEndpoint> implements EventRecipient {
  /**
   * A video m-section.
   *
   * @param index of its m-line
   */
  record Video(int index, String mid) {}

  /** What the player takes. */
  private record Negotiated(List<EgressMedia> media, List<Video> videos) {}

  private final SessionStreams streams;
  private volatile Optional<ServerOfferPlan> offer = Optional.empty();
  private volatile Negotiated negotiated = new Negotiated(List.of(), List.of());

  /**
   * @param maxStreams how many event streams it may have at a time
   */
  PlayerSession(SessionOrigin origin, EventDistributor events, int maxStreams) {
    super(origin);
    this.streams = new SessionStreams(events, this, maxStreams);
    onEnd(end -> streams.end(lastWord(end.reason())));
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

  /** The server's offer, where there was one. */
  Optional<ServerOfferPlan> serverOffer() {
    return offer;
  }

  /** The player is to answer the server's offer. */
  void offers(ServerOfferPlan plan) {
    offer = Optional.of(plan);
    negotiated = new Negotiated(plan.media(), videos(plan.media()));
  }

  /** Offer and answer are exchanged. */
  void negotiated(EgressPlan plan) {
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
  public Optional<StreamName> pinned() {
    return stream();
  }

  @Override
  public List<Integer> videoIndexes() {
    return videos().stream().limit(most()).map(Video::index).toList();
  }

  @Override
  public int shown(MediaKind kind) {
    long sections = negotiated.media().stream().filter(media -> media.kind() == kind).count();
    return (int) Math.min(most(), sections);
  }

  /** Further m-sections of a player of the stage show other streams first. */
  private int most() {
    return pinned().isPresent() ? Integer.MAX_VALUE : 1;
  }

  @Override
  public boolean takes(Codec codec, int track) {
    return negotiated.media().stream()
        .filter(media -> media.kind() == codec.kind())
        .skip(track)
        .limit(1)
        .flatMap(media -> media.codecs().stream())
        .anyMatch(own -> own.codec().is(codec.name()));
  }

  @Override
  public Optional<EndpointStats> stats() {
    return endpoint().map(BridgeEndpoint::stats);
  }

  /** Whether a new session helps a player that still listens (WHEP events: "reconnect event"). */
  private static LastWord lastWord(SessionEndReason reason) {
    return switch (reason) {
      case CONSENT_LOST, EXPIRED, INTERNAL -> LastWord.RECONNECT;
      case SHUTDOWN -> LastWord.LEAVE;
      case DELETED,
          REPLACED,
          OFFER_EXPIRED,
          NOT_OPENED,
          ICE_FAILED,
          DTLS_FAILED,
          DTLS_CLOSED,
          MEDIA_TIMEOUT,
          BITRATE_EXCEEDED,
          RESOLUTION_EXCEEDED,
          TIME_OVER,
          OPERATOR,
          LONGEST_REACHED,
          SSRC_IN_USE ->
          LastWord.NOTHING;
    };
  }
}
