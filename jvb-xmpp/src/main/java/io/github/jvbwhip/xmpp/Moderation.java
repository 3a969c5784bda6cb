package io.github.jvbwhip.xmpp;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.Optional;
import java.util.function.Predicate;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jxmpp.jid.Jid;

/**
 * What the moderators of a meeting have their people do: where a kind of media is moderated, only
 * those send it who were approved, and the bridge lets nothing of the others' through.
 */
final class Moderation {
  /** Hears of it; only enqueues. */
  interface Listener {
    /** That kind is moderated now, or no more. */
    void moderated(MediaKind kind, boolean moderated);

    /** A moderator asks this participant to unmute. */
    void approved(MediaKind kind);
  }

  private final boolean screen;
  private final Listener listener;

  private Moderation(boolean screen, Listener listener) {
    this.screen = screen;
    this.listener = listener;
  }

  /**
   * Listens from now on; the connection is in one meeting.
   *
   * @param servers tells whether that is a host of the meeting's server
   * @param screen whether the participant's video is a screen
   */
  static void watch(
      AbstractXMPPConnection connection,
      Predicate<Jid> servers,
      boolean screen,
      Listener listener) {
    Moderation moderation = new Moderation(screen, listener);
    var unused = ServerMessages.listen(connection, servers, moderation::hear);
  }

  private void hear(JsonNode message) {
    Optional<MediaKind> kind = kind(message.path("mediaType").asText());
    if (kind.isEmpty() || !message.path("type").asText().equals("av_moderation")) {
      return;
    }
    if (message.path("enabled").isBoolean()) {
      listener.moderated(kind.get(), message.path("enabled").asBoolean());
    } else if (message.path("approved").asBoolean()) {
      listener.approved(kind.get());
    }
  }

  /** Screens are moderated apart, and as all video. */
  private Optional<MediaKind> kind(String name) {
    return switch (name) {
      case "audio" -> Optional.of(MediaKind.AUDIO);
      case "video" -> Optional.of(MediaKind.VIDEO);
      case "desktop" -> screen ? Optional.of(MediaKind.VIDEO) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
