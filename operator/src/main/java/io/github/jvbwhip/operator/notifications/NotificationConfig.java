package io.github.jvbwhip.operator.notifications;

import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told what is published and watched.
 *
 * @param url takes the POSTs
 * @param secret with which they are signed; empty for unsigned ones
 * @param events which are told
 * @param timeout how long an answer may take
 * @param giveUpAfter how long one is tried again
 * @param maxQueued how many wait at most; the oldest are lost first
 */
public record NotificationConfig(
    URI url,
    Optional<String> secret,
    Set<NotificationType> events,
    Duration timeout,
    Duration giveUpAfter,
    int maxQueued) {
  public NotificationConfig {
    events = Set.copyOf(events);
  }

  /**
   * Reads the section; empty where there is no URL.
   *
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  public static Optional<NotificationConfig> read(Section section) throws InvalidConfigException {
    Optional<URI> url = section.url("url");
    Optional<String> secret = section.text("secret");
    Set<NotificationType> events = Set.copyOf(section.choices("events", NotificationType.class));
    Duration timeout = section.positiveDuration("timeout");
    Duration giveUpAfter = section.duration("give-up-after");
    int maxQueued = section.number("max-queued", 1);
    section.done();
    if (url.isEmpty() && secret.isPresent()) {
      throw section.wrong("url", "the URL of a server, where there is a secret");
    }
    return url.map(
        to -> new NotificationConfig(to, secret, events, timeout, giveUpAfter, maxQueued));
  }

  /** Leaves the secret out, and what the URL may have that is one. */
  @Override
  public String toString() {
    return "NotificationConfig[" + url.getHost() + ", " + events + "]";
  }
}
