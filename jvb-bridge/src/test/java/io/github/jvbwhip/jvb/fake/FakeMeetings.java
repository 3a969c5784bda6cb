package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whoever manages rooms, in memory: what it does the test says. Not thread-safe. */
public final class FakeMeetings implements Meetings {
  private final List<Joining> joinings = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();
  private final List<FakeAudience> audiences = new ArrayList<>();

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

    /** What it was invited with. */
    public Invited invitation() {
      return (Invited) invited.join();
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
    private ConferenceNumbers numbers = ConferenceNumbers.usual();
    private Optional<EndpointNumbers> anywhere = Optional.empty();
    private Optional<String> server = Optional.of("https://far-away.example/whip");
    private boolean watched;
    private @Nullable BridgeException refusal;
    private @Nullable RemoteTransport accepted;
    private boolean left;
    private boolean givenWay;

    private Invited(String conference, String endpointId) {
      this.conference = conference;
      this.endpointId = endpointId;
    }

    /** Its conference has those numbers. */
    public Invited numbering(ConferenceNumbers others) {
      numbers = others;
      return this;
    }

    /** It is taken on a bridge that nobody knows a server of, with those numbers. */
    public Invited anywhere(EndpointNumbers told) {
      anywhere = Optional.of(told);
      server = Optional.empty();
      return this;
    }

    /** Whether it is asked whether its endpoint is still there. */
    public boolean isWatched() {
      return watched;
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

    /** Whether the participant has made room for itself. */
    public boolean hasGivenWay() {
      return givenWay;
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
    public Optional<String> region() {
      return Optional.of("far-away");
    }

    @Override
    public Optional<String> server() {
      return server;
    }

    @Override
    public ConferenceNumbers numbers() {
      return numbers;
    }

    @Override
    public Optional<EndpointNumbers> numbersAnywhere() {
      return anywhere;
    }

    @Override
    public void watch(RemoteTransport remote) {
      watched = true;
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

    @Override
    public void giveWay() {
      givenWay = true;
    }
  }

  /** An audience that is about to join, or has. */
  public static final class FakeAudience implements Audience {
    private final String conference;
    private final Optional<String> token;
    private final AudienceListener listener;
    private final CompletableFuture<Audience> joined = new CompletableFuture<>();
    private final List<Integer> counts = new ArrayList<>();
    private final List<Admission> admissions = new ArrayList<>();
    private Map<String, String> people = Map.of();
    private boolean left;

    /** A further player that waits to be admitted. */
    public record Admission(Optional<String> token, CompletableFuture<Void> answer) {}

    private FakeAudience(String conference, Optional<String> token, AudienceListener listener) {
      this.conference = conference;
      this.token = token;
      this.listener = listener;
    }

    /** The whole name of the conference that it is to watch. */
    public String conference() {
      return conference;
    }

    /** What its first player has signed in with. */
    public Optional<String> token() {
      return token;
    }

    /** Whom to tell what becomes of it. */
    public AudienceListener listener() {
      return listener;
    }

    /** Lets it in. */
    public FakeAudience letIn() {
      joined.complete(this);
      return this;
    }

    /** Does not let it in. */
    public void refuse(BridgeException reason) {
      joined.completeExceptionally(reason);
    }

    /** Whether nobody waits for it any more. */
    public boolean isGivenUp() {
      return joined.isCancelled();
    }

    /** What the people were told, time after time. */
    public List<Integer> counts() {
      return counts;
    }

    /** Who has asked to watch too, in order. */
    public List<Admission> admissions() {
      return admissions;
    }

    /** Whether it has left. */
    public boolean isLeft() {
      return left;
    }

    /** These are in the room now. */
    public void meet(Map<String, String> names) {
      people = Map.copyOf(names);
      listener.changed();
    }

    @Override
    public String endpointId() {
      return "a0d1e9ce";
    }

    @Override
    public Map<String, String> people() {
      return people;
    }

    @Override
    public CompletableFuture<Void> admit(Optional<String> other) {
      Admission admission = new Admission(other, new CompletableFuture<>());
      admissions.add(admission);
      return admission.answer();
    }

    @Override
    public void count(int viewers) {
      counts.add(viewers);
    }

    @Override
    public void leave() {
      left = true;
    }
  }

  /** The audiences that were to join, in order. */
  public List<FakeAudience> audiences() {
    return audiences;
  }

  @Override
  public Duration joinTimeout() {
    return Duration.ofSeconds(6);
  }

  /** That of the stream named slides. */
  @Override
  public boolean isScreen(StreamName stream) {
    return stream.value().equals("slides");
  }

  /** That room's meeting is known by this name from now on. */
  public void name(String room, String conference) {
    names.put(room, conference);
  }

  /** Nobody knows it any more. */
  public void forgetName(String room) {
    names.remove(room);
  }

  /** What {@link #name} has said; else the room's name, in a domain, but of no breakout room. */
  @Override
  public Optional<String> conferenceName(RoomName room) {
    String usual =
        room.value().contains("~~") ? null : room.value().toLowerCase(Locale.ROOT) + "@muc";
    return Optional.ofNullable(names.getOrDefault(room.value(), usual));
  }

  @Override
  public CompletableFuture<Audience> watch(
      String conferenceName, Optional<String> token, AudienceListener listener) {
    FakeAudience audience = new FakeAudience(conferenceName, token, listener);
    audiences.add(audience);
    return audience.joined;
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
