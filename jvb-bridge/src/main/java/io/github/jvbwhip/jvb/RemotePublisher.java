package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publisher whose endpoint is on another bridge. Its media does not come here: nothing of it is
 * mapped, learnt, measured or counted, and nobody here knows whether it is connected. Thread-safe.
 */
final class RemotePublisher implements RoomPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(RemotePublisher.class);

  private final Invitation invitation;
  private final List<IngestMedia> media;
  private final TransportSides sides;
  private final EndpointListener listener;
  private final Consumer<RemotePublisher> left;
  private final AtomicBoolean ended = new AtomicBoolean();

  private RemotePublisher(
      Invitation invitation,
      IngestRequest taken,
      EndpointListener listener,
      Consumer<RemotePublisher> left) {
    this.invitation = invitation;
    this.media = taken.media();
    this.sides = new TransportSides(invitation.transport(), taken.transport());
    this.listener = listener;
    this.left = left;
  }

  /**
   * Why that offer cannot be answered for a bridge that nothing is mapped on; empty where it can.
   */
  static Optional<String> obstacle(EndpointNumbers numbers, IngestRequest request) {
    boolean told =
        request.media().stream()
            .flatMap(section -> section.encodings().stream())
            .allMatch(e -> e.ssrc().isPresent() && e.rid().isEmpty());
    if (!told) {
      return Optional.of("its offer does not tell all SSRCs, or has RIDs");
    }
    return request.media().stream().anyMatch(section -> numbers.codecs(section).isEmpty())
        ? Optional.of("the payload types of its offer are not those of the meeting")
        : Optional.empty();
  }

  /**
   * Accepts the invitation for a publisher to which there is no {@linkplain #obstacle}. Waits for
   * whoever manages the room.
   *
   * @param left hears of its end
   */
  static RemotePublisher accept(
      Invitation invitation,
      EndpointNumbers numbers,
      IngestRequest request,
      EndpointListener listener,
      Consumer<RemotePublisher> left)
      throws BridgeException {
    IngestRequest taken = request.withMedia(request.media().stream().map(numbers::common).toList());
    SsrcLearner learner = new SsrcLearner(taken.media(), SsrcTranslation.identity());
    SourceGroups groups = SourceGroups.NONE_FOR_PEOPLE.with(taken.media(), learner.encodings(), 0);
    invitation.accept(
        taken.transport(), JvbIngest.plans(invitation.endpointId(), taken.media(), groups));
    invitation.watch(taken.transport());
    LOG.info(
        "Endpoint {} is on another bridge, region {}",
        invitation.endpointId(),
        invitation.region().orElse("unknown"));
    return new RemotePublisher(invitation, taken, listener, left);
  }

  @Override
  public String id() {
    return invitation.endpointId();
  }

  @Override
  public List<IngestMedia> media() {
    return media;
  }

  @Override
  public LocalTransport localTransport() {
    return sides.local();
  }

  /** The bridge finds those that the client's checks come from. */
  @Override
  public void addRemoteCandidates(List<IceCandidate> candidates, boolean endOfCandidates) {}

  @Override
  public LocalTransport restartIce(IceCredentials remote, List<IceCandidate> candidates)
      throws BridgeException {
    throw new BridgeException(
        BridgeException.Reason.RESTART_REFUSED,
        "The publisher is on another bridge, where ICE cannot be restarted. Connect again.");
  }

  @Override
  public EndpointStats stats() {
    return new EndpointStats(false, 0, 0, 0, 0, 0, 0, OptionalLong.empty());
  }

  @Override
  public Optional<SelectedPair> pair() {
    return Optional.empty();
  }

  @Override
  public Set<MediaNotice> notices() {
    return Set.of();
  }

  @Override
  public void close() {
    if (!ended.getAndSet(true)) {
      invitation.leave();
      left.accept(this);
    }
  }

  @Override
  public void giveWay() {
    if (!ended.getAndSet(true)) {
      invitation.giveWay();
      left.accept(this);
    }
  }

  @Override
  public void end(EndReason reason, String detail) {
    if (!ended.getAndSet(true)) {
      LOG.info("Endpoint {} on another bridge ended: {}, {}", id(), reason, detail);
      invitation.leave();
      left.accept(this);
      listener.ended(reason, detail);
    }
  }
}
