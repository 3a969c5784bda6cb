package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whoever manages rooms, in memory: what it does the test says. Not thread-safe. */
public final class FakeMeetings implements Meetings {
  private final List<Joining> joinings = new ArrayList<>();

  /** One that joins. */
  public static final class Joining {
    private final Newcomer newcomer;
    private final ParticipantListener listener;
    private final CompletableFuture<Invitation> invited = new CompletableFuture<>();

    private Joining(Newcomer newcomer, ParticipantListener listener) {
      this.newcomer = newcomer;
      this.listener = listener;
    }

    /** Who it is. */
    public Newcomer newcomer() {
      return newcomer;
    }

    /** Whom to tell what becomes of it. */
    public ParticipantListener listener() {
      return listener;
    }

    /** Whether nobody waits for it any more. */
    public boolean isGivenUp() {
      return invited.isCancelled();
    }

    /** Invites it into that conference. */
    public Invited invite(String conference, String endpointId) {
      Invited invitation = new Invited(conference, endpointId);
      invited.complete(invitation);
      return invitation;
    }

    /** Does not let it in. */
    public void refuse(BridgeException reason) {
      invited.completeExceptionally(reason);
    }
  }

  /** An invitation, and what comes of it. */
  public static final class Invited implements Invitation {
    private final String conference;
    private final String endpointId;
    private final List<List<SourcePlan>> told = new ArrayList<>();
    private @Nullable BridgeException refusal;
    private @Nullable RemoteTransport accepted;
    private boolean left;

    private Invited(String conference, String endpointId) {
      this.conference = conference;
      this.endpointId = endpointId;
    }

    /** Its acceptance is refused. */
    public Invited refusing(BridgeException reason) {
      refusal = reason;
      return this;
    }

    /** Whether it has been accepted. */
    public boolean isAccepted() {
      return accepted != null;
    }

    /** Whether the participant has left. */
    public boolean isLeft() {
      return left;
    }

    /** The names of the sources that were told, time after time. */
    public List<List<String>> told() {
      return told.stream().map(sources -> sources.stream().map(SourcePlan::name).toList()).toList();
    }

    @Override
    public String conferenceName() {
      return conference;
    }

    @Override
    public String endpointId() {
      return endpointId;
    }

    @Override
    public BridgeTransport transport() {
      return new BridgeTransport(
          new IceCredentials("meet" + endpointId, "meetmeetmeetmeetmeetmeet"),
          List.of(
              new IceCandidate(
                  "1",
                  IceCandidate.Protocol.UDP,
                  1,
                  "192.0.2.1",
                  10000,
                  IceCandidate.Type.HOST,
                  Optional.empty())),
          List.of(new Fingerprint("sha-256", "00".concat(":00".repeat(31)))),
          OptionalInt.empty());
    }

    @Override
    public ConferenceNumbers numbers() {
      return ConferenceNumbers.usual();
    }

    @Override
    public void accept(RemoteTransport remote, List<SourcePlan> sources) throws BridgeException {
      if (refusal != null) {
        throw refusal;
      }
      accepted = remote;
      told.add(sources);
    }

    @Override
    public Optional<String> setSources(List<SourcePlan> sources) {
      told.add(sources);
      return Optional.empty();
    }

    @Override
    public void leave() {
      left = true;
    }
  }

  /** Who has asked to join, in order. */
  public List<Joining> joinings() {
    return joinings;
  }

  @Override
  public CompletableFuture<Invitation> join(Newcomer newcomer, ParticipantListener listener) {
    Joining joining = new Joining(newcomer, listener);
    joinings.add(joining);
    return joining.invited;
  }

  @Override
  public void close() {}
}
