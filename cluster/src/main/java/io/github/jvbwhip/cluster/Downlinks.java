package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.LinkAnswer;
import io.github.jvbwhip.cluster.wire.LinkRequest;
import io.github.jvbwhip.cluster.wire.Unlink;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.http.access.OtherServer;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The links of a room by which other members have it from here. Confined to the loop. */
final class Downlinks {
  private static final Logger LOG = LoggerFactory.getLogger(Downlinks.class);

  /** How long is waited until it is known what is here. */
  private static final Duration KNOWING = Duration.ofMillis(300);

  private final RoomName room;
  private final TreeParts with;
  private final LinkComplaints complaints;
  private final RoomNode node;
  private final Map<String, TreeLink> links = new LinkedHashMap<>();

  Downlinks(RoomName room, TreeParts with, LinkComplaints complaints, RoomNode node) {
    this.complaints = complaints;
    this.room = room;
    this.with = with;
    this.node = node;
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  Collection<TreeLink> all() {
    return links.values();
  }

  /** Whether anything is published below. */
  boolean haveStreams() {
    return links.values().stream().anyMatch(each -> !each.theirs().streams().isEmpty());
  }

  /** How many bridges are below. */
  int bridges() {
    return links.values().stream().mapToInt(TreeLink::theirBridges).sum();
  }

  /** The link over which a publisher is told. */
  Optional<TreeLink> from(String endpointId) {
    return links.values().stream().filter(each -> each.has(endpointId)).findFirst();
  }

  /** What they are told may be different. */
  void look() {
    links.values().forEach(TreeLink::look);
  }

  /** Whom a newcomer is to ask instead, or why it gets nothing; empty where there is room. */
  Optional<LinkAnswer> referral(String from) {
    List.copyOf(links.values()).stream()
        .filter(each -> each.peer().equals(from))
        .forEach(each -> drop(each, "it was made anew", true));
    if (links.size() < with.config().maxLinks()) {
      return Optional.empty();
    }
    Optional<TreeLink> smallest =
        links.values().stream()
            .filter(each -> each.media() != null && node.isHealthy(each.peer()))
            .min(Comparator.comparingInt(TreeLink::theirBridges).thenComparing(TreeLink::peer));
    smallest.ifPresent(TreeLink::expectBridge);
    return Optional.of(
        smallest
            .<LinkAnswer>map(link -> new LinkAnswer.Elsewhere(link.peer(), true))
            .orElseGet(() -> new LinkAnswer.Refused("there are too many links")));
  }

  /** Another member gets the room from here. */
  CompletableFuture<LinkAnswer> accept(String from, LinkRequest request) {
    if (links.containsKey(request.link())) {
      return CompletableFuture.completedFuture(new LinkAnswer.Refused("there is such a link"));
    }
    TreeLink link =
        new TreeLink(request.link(), room, from, false, with.loop(), with.calls(), node);
    links.put(link.id(), link);
    node.touch();
    CompletableFuture<LinkAnswer> answer = new CompletableFuture<>();
    var unused =
        with.relays()
            .accept(room, link.id(), request.transport(), link)
            .whenComplete(
                (media, failure) ->
                    with.loop().execute(() -> accepted(link, media, failure, answer)));
    return answer;
  }

  private void accepted(
      TreeLink link,
      @Nullable RelayLink media,
      @Nullable Throwable failure,
      CompletableFuture<LinkAnswer> answer) {
    if (media == null) {
      String why = failure == null ? "the bridge" : OtherServer.reason(failure);
      LOG.atLevel(complaints.isNews(room, why) ? Level.WARN : Level.DEBUG)
          .log("{} cannot be linked to room {}: {}", link.peer(), room, why);
      drop(link, why, false);
      answer.complete(new LinkAnswer.Refused("the bridge does not link"));
      return;
    }
    complaints.forget(room);
    link.attach(media);
    Loop.Timer timer = with.loop().later(KNOWING, () -> answer(link, media, answer));
    var unused =
        link.allocated()
            .thenRun(
                () -> {
                  timer.cancel();
                  answer(link, media, answer);
                });
  }

  private void answer(TreeLink link, RelayLink media, CompletableFuture<LinkAnswer> answer) {
    if (answer.isDone()) {
      return;
    }
    if (link.isClosed()) {
      answer.complete(new LinkAnswer.Refused("it has ended"));
      return;
    }
    LOG.info("Room {} is linked from {} ({})", room, link.peer(), link.id());
    answer.complete(
        new LinkAnswer.Linked(media.localTransport(), link.begin(), with.self().incarnation()));
  }

  /**
   * Ends one.
   *
   * @param tell whether the other side does not know
   */
  void drop(TreeLink link, String why, boolean tell) {
    if (!links.remove(link.id(), link)) {
      return;
    }
    LOG.info("Room {} is not linked from {} any more ({}): {}", room, link.peer(), link.id(), why);
    link.close();
    if (tell) {
      var unused = with.calls().unlink(link.peer(), new Unlink(link.id(), why));
    }
    node.touch();
  }
}
