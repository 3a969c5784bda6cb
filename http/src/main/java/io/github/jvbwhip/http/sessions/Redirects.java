package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.config.RedirectConfig;
import io.github.jvbwhip.http.config.RedirectConfig.When;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Sends new sessions to other servers with 307 (RFC 9725 §4.5). All sessions of a room go to the
 * same server, by rendezvous hashing; who was redirected once is not redirected again.
 */
public final class Redirects {
  private static final String MARK = "redirected";

  private final RedirectConfig config;

  public Redirects(RedirectConfig config) {
    this.config = config;
  }

  /** Whether the call was sent here by another server's {@link #redirect}. */
  static boolean isRedirected(Call call) {
    return call.queryParameter(MARK).isPresent();
  }

  /**
   * The redirect, if this call is to go elsewhere.
   *
   * @param path of the endpoint below the mount point, such as {@code /room/stream}
   * @param full whether this server has no room for another session
   */
  public Optional<Reply> redirect(
      Call call, RoomName room, String path, Availability availability, boolean full) {
    boolean unable = full || availability.state() != Availability.State.ACCEPTING;
    boolean wanted = config.when() == When.ALWAYS || (config.when() == When.OVERLOADED && unable);
    if (!wanted || isRedirected(call)) {
      return Optional.empty();
    }
    return config.targets().stream()
        .max(Comparator.comparingLong(target -> weight(target, room)))
        .map(target -> to(target, call, path));
  }

  /** The redirect to where whoever knows the caller wants it to go. */
  static Optional<Reply> redirect(Call call, String path) {
    return isRedirected(call)
        ? Optional.empty()
        : Optional.ofNullable(call.principal().claims().get(Principal.ELSEWHERE))
            .map(target -> to(target, call, path));
  }

  /** The redirect to the server that has what is wanted, where that is known. */
  static Optional<Reply> redirect(Call call, String path, Throwable failure) {
    return failure instanceof BridgeException refused && !isRedirected(call)
        ? refused.elsewhere().map(target -> to(target, call, path))
        : Optional.empty();
  }

  /** The redirect to a server. */
  static Reply to(String target, Call call, String path) {
    String query = call.query().filter(q -> !q.isEmpty()).map(q -> q + "&").orElse("");
    return Reply.of(307)
        .with("Location", target.replaceAll("/+$", "") + path + "?" + query + MARK + "=1");
  }

  private static long weight(String target, RoomName room) {
    CRC32 crc = new CRC32();
    crc.update((room.value() + "\n" + target).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
