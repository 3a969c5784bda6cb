package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.LinkAnswer;
import io.github.jvbwhip.cluster.wire.LinkRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayLink.Refusal;
import io.github.jvbwhip.core.relay.RoomUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A room on this member, as a node of the room's tree: whether the room lives here, or has to be
 * brought here, and who has it from here.
 *
 * <p>No cycle can come about: a link is accepted only by a member that is the root, above which
 * there is nothing; or from one below which there is nothing, nor will be before it has the link.
 *
 * <p>Confined to the loop.
 */
final class RoomNode implements Uplink.Owner {
  /** How long whoever is above may have no way to the home. */
  private static final Duration LOST = Duration.ofSeconds(3);

  private final RoomName name;
  private final TreeParts with;
  private final ClusterMembers members;
  private final Runnable claimsChanged;
  private final Uplink uplink;
  private final Downlinks downs;
  private final Arrivals arrivals;
  private final Strays strays;
  private RoomUse use;
  private boolean claimed;
  private boolean streams;
  private boolean wanted;
  private boolean touched;
  private long lostSince = Long.MAX_VALUE;

  /**
   * @param claimsChanged is called when it may have become, or be no more, this member's
   */
  RoomNode(
      RoomName name,
      TreeParts with,
      ClusterMembers members,
      LinkComplaints complaints,
      Runnable claimsChanged) {
    this.name = name;
    this.with = with;
    this.members = members;
    this.claimsChanged = claimsChanged;
    this.uplink = new Uplink(name, with, this);
    this.downs = new Downlinks(name, with, complaints, this);
    this.arrivals = new Arrivals(with.loop(), this::touch);
    this.strays = new Strays(name, with, members);
    this.use = unused(name);
  }

  static RoomUse unused(RoomName name) {
    return new RoomUse(name, 0, 0, 0, 0);
  }

  RoomName name() {
    return name;
  }

  /** Whether it lives here. */
  boolean isClaimed() {
    return claimed;
  }

  /** Whether anything is published in it, as far as the bridge knows. */
  boolean hasStreams() {
    return streams;
  }

  boolean isUnused() {
    return !claimed
        && uplink.isIdle()
        && downs.isEmpty()
        && arrivals.isEmpty()
        && use.equals(unused(name));
  }

  int players() {
    return use.players();
  }

  /** Who is in it here, from now on. */
  void used(RoomUse now) {
    if (!use.equals(now)) {
      use = now;
      evaluate();
    }
  }

  /** Where it lives. */
  String home() {
    if (claimed) {
      return self();
    }
    Optional<ClusterMember> other = members.claimant(name);
    if (other.isPresent()) {
      return other.get().name();
    }
    return isMeetingHere() ? self() : members.byHash(name);
  }

  private boolean isMeetingHere() {
    return use.publishers() > 0 && with.meetings().test(name);
  }

  private String self() {
    return with.self().self();
  }

  /** Looks at it again, soon. */
  void touch() {
    if (!touched) {
      touched = true;
      with.loop()
          .execute(
              () -> {
                touched = false;
                evaluate();
              });
    }
  }

  /** Decides again, by all that is known now, what it is here. */
  void evaluate() {
    if (isIdleTransit()) {
      close("this member drains");
    }
    evaluateClaim();
    String home = home();
    wanted = isWanted(home);
    uplink.want(wanted, home);
    if (!wanted || uplink.isReady()) {
      arrivals.complete();
    }
  }

  /** Whether nobody is here, but others have it from here who had better have it from elsewhere. */
  private boolean isIdleTransit() {
    return !downs.isEmpty() && isLeft();
  }

  private boolean isLeft() {
    return use.publishers() == 0 && use.players() == 0 && members.isRelieved();
  }

  private void evaluateClaim() {
    boolean live = use.publishers() > 0 || !downs.isEmpty();
    boolean claims = live && uplink.isIdle();
    if (claims) {
      Optional<ClusterMember> other = members.claimant(name);
      claims =
          claimed
              ? other.isEmpty() || Homes.isBefore(name, self(), other.get().name())
              : other.isEmpty() && home().equals(self());
    }
    boolean something = use.streams() > 0;
    boolean changed = claims != claimed || something != streams;
    claimed = claims;
    streams = something;
    if (changed) {
      downs.look(); // The way to the home may be another one.
    }
    claimsChanged.run();
  }

  private boolean isWanted(String home) {
    if (with.meetings().test(name) || uplink.isIdle() && home.equals(self())) {
      return false;
    }
    if (use.publishers() > 0 || downs.haveStreams()) {
      return true;
    }
    boolean watched = use.players() > 0 || !downs.isEmpty() || !arrivals.isEmpty();
    TreeLink link = uplink.link();
    return watched
        && (members.hasStreams(home, name) || (link != null && !link.theirs().streams().isEmpty()));
  }

  /**
   * Somebody is about to watch here, or to publish.
   *
   * @return completes when what is at home is known here, or need not be, or at last after the
   *     join-timeout
   */
  CompletableFuture<Void> approach() {
    CompletableFuture<Void> arrived = arrivals.add(with.config().joinTimeout());
    evaluate();
    return arrived;
  }

  /** Another member wants the room from here. */
  CompletableFuture<LinkAnswer> accept(String from, LinkRequest request) {
    Optional<LinkAnswer> no = refusal(from, request);
    if (no.isPresent()) {
      touch();
      return CompletableFuture.completedFuture(no.get());
    }
    return downs.accept(from, request);
  }

  private Optional<LinkAnswer> refusal(String from, LinkRequest request) {
    if (isLeft()) {
      return Optional.of(new LinkAnswer.Refused("this member drains"));
    }
    String home = home();
    if (uplink.isLinked() && uplink.path().isEmpty() && home.equals(self())) {
      uplink.end("it leads nowhere, and the room lives here", true);
    }
    if (uplink.isLinked()) {
      List<String> path = uplink.path();
      if (path.isEmpty()) {
        return Optional.of(new LinkAnswer.Refused("there is no way to the home of the room"));
      } else if (path.contains(from)) {
        return Optional.of(new LinkAnswer.Refused("it would be a cycle"));
      } else if (!request.leaf()) {
        return Optional.of(new LinkAnswer.Elsewhere(path.get(path.size() - 1), false));
      }
    } else if (!uplink.isIdle()) {
      return Optional.of(new LinkAnswer.Refused("the link to the home of the room is being made"));
    } else if (home.equals(from)) {
      return Optional.of(new LinkAnswer.Refused("the room lives with you"));
    } else if (!home.equals(self())) {
      return Optional.of(new LinkAnswer.Elsewhere(home, false));
    }
    return downs.referral(from);
  }

  /** The members from this one to the home; empty where there is no way. */
  List<String> path() {
    return uplink.isIdle() && home().equals(self()) ? List.of(self()) : uplink.path();
  }

  /** All its links. */
  List<TreeLink> links() {
    List<TreeLink> all = new ArrayList<>(downs.all());
    TreeLink up = uplink.link();
    if (up != null) {
      all.add(up);
    }
    return all;
  }

  /** Whether the other side is to have it, too. */
  boolean isEstablished(TreeLink link) {
    return !link.leadsUp() || uplink.isLinked();
  }

  /** To be called now and then: ends what is dead. */
  void tick() {
    for (TreeLink link : links()) {
      String amiss = link.amiss(with.config().deadAfter());
      if (!amiss.isEmpty() && isEstablished(link)) {
        broken(link, amiss, false);
      }
    }
    long now = with.loop().nanoTime();
    if (!uplink.isLinked() || !uplink.path().isEmpty()) {
      lostSince = Long.MAX_VALUE;
    } else if (lostSince == Long.MAX_VALUE) {
      lostSince = now;
    } else if (now - lostSince > LOST.toNanos()) {
      uplink.end("it leads nowhere", true);
    }
    evaluate();
    strays.look(wanted && use.players() > 0 && use.publishers() == 0 && !isReached());
  }

  /** Whether there is a way to the home, by which media comes. */
  private boolean isReached() {
    TreeLink up = uplink.link();
    RelayLink media = up == null ? null : up.media();
    return media != null && !uplink.path().isEmpty() && media.stats().connected();
  }

  @Override
  public List<String> path(TreeLink link) {
    return link.leadsUp() ? List.of() : path();
  }

  @Override
  public int bridges(TreeLink link) {
    return link.leadsUp() ? 1 + downs.bridges() : 1;
  }

  @Override
  public void theirsChanged(TreeLink link) {
    if (link.leadsUp() && link.theirPath().contains(self())) {
      uplink.end("it leads here", true);
    } else if (link.leadsUp()) {
      downs.look();
    } else {
      lookUp();
    }
    touch();
  }

  private void lookUp() {
    TreeLink up = uplink.link();
    if (up != null) {
      up.look();
    }
  }

  @Override
  public boolean isDouble(TreeLink link, String endpointId) {
    return links().stream().anyMatch(each -> !each.equals(link) && each.has(endpointId));
  }

  @Override
  public void refused(TreeLink link, List<Refusal> refusals) {
    if (!link.leadsUp()) {
      return; // What is nearer to the home stays.
    }
    for (Refusal refusal : refusals) {
      Optional<TreeLink> from = downs.from(refusal.endpointId());
      if (from.isPresent()) {
        from.get().refuse(List.of(refusal));
      } else {
        end(refusal);
      }
    }
  }

  private void end(Refusal refusal) {
    boolean ssrc = refusal.why() == Refusal.Why.SSRC_IN_USE;
    with.relays()
        .endPublisher(
            name,
            refusal.endpointId(),
            ssrc ? EndReason.SSRC_IN_USE : EndReason.EXPIRED,
            "A publisher on another bridge has " + (ssrc ? "one of its SSRCs." : "its name."));
  }

  @Override
  public void broken(TreeLink link, String why, boolean told) {
    if (link.equals(uplink.link())) {
      uplink.end(why, !told);
    } else {
      downs.drop(link, why, !told);
    }
  }

  @Override
  public boolean isLeaf() {
    return downs.isEmpty();
  }

  @Override
  public void dropAll(String why) {
    List.copyOf(downs.all()).forEach(link -> downs.drop(link, why, true));
  }

  @Override
  public boolean isHealthy(String member) {
    return members.isHealthy(member);
  }

  @Override
  public void uplinkChanged() {
    downs.look();
    touch();
  }

  /** Ends all links, and tells the other sides. */
  void close(String why) {
    uplink.end(why, true);
    dropAll(why);
  }
}
