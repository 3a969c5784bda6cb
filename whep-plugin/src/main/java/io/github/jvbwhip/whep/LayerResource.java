package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.sessions.SessionFinder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Chooses what a player is sent (WHEP events document, "Video Layer Selection extension"): {@code
 * /whep/sessions/{secret}/layer}.
 */
final class LayerResource implements Resource {
  private final SessionFinder<PlayerSession> finder;

  LayerResource(SessionFinder<PlayerSession> finder) {
    this.finder = finder;
  }

  @Override
  public Access access() {
    return Access.bySecret(Action.WATCH);
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.taking("POST", List.of("application/json")), Operation.of("DELETE"));
  }

  @Override
  public CompletableFuture<Reply> handle(Call call) throws ProblemException {
    PlayerSession player = finder.find();
    if (call.method().equals("DELETE")) {
      // Not in the document, but what whip-whep sends in order to give up its choice.
      List<String> mids = player.videos().stream().map(PlayerSession.Video::mid).toList();
      return select(player, mids, LayerSelection.AUTOMATIC);
    }
    LayerRequest request = LayerRequest.parse(call.body());
    String mid = mid(player.videos(), request.mediaId());
    return select(player, List.of(mid), request.selection());
  }

  private static CompletableFuture<Reply> select(
      PlayerSession player, List<String> mids, LayerSelection selection) {
    return player.submit(
        () -> {
          for (String mid : mids) {
            player.endpoint().orElseThrow().selectLayer(mid, selection);
          }
          return Reply.of(200);
        });
  }

  /**
   * The m-section that is meant: by its m-line's index, as the extension says, or else by its mid,
   * which is what browsers call it.
   */
  private static String mid(List<PlayerSession.Video> videos, Optional<String> mediaId)
      throws ProblemException {
    if (mediaId.isEmpty()) {
      return videos.stream()
          .findFirst()
          .orElseThrow(() -> unavailable("The session has no video."))
          .mid();
    }
    return videos.stream()
        .filter(video -> Integer.toString(video.index()).equals(mediaId.get()))
        .findFirst()
        .or(() -> videos.stream().filter(v -> v.mid().equals(mediaId.get())).findFirst())
        .orElseThrow(
            () -> unavailable("mediaId is the index of a video m-line: one of " + indexes(videos)))
        .mid();
  }

  private static List<Integer> indexes(List<PlayerSession.Video> videos) {
    return videos.stream().map(PlayerSession.Video::index).toList();
  }

  private static ProblemException unavailable(String detail) {
    return new ProblemException(ProblemType.LAYER_UNAVAILABLE, detail);
  }
}
