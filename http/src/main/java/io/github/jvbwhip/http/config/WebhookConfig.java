package io.github.jvbwhip.http.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A server that is asked who may do what.
 *
 * @param timeout how long it may take to answer
 * @param cache how long an answer holds for the same question; zero for not at all
 * @param headers fields of requests that it is told
 * @param secret with which questions are signed
 */
public record WebhookConfig(
    URI url, Duration timeout, Duration cache, List<String> headers, Optional<String> secret) {
  public WebhookConfig {
    headers = List.copyOf(headers);
  }

  /** Reads the section; empty where no URL is named. */
  static Optional<WebhookConfig> read(Section section) throws InvalidConfigException {
    Optional<URI> url = section.url("url");
    Duration timeout = section.positiveDuration("timeout");
    Duration cache = section.duration("cache");
    List<String> headers = section.texts("headers");
    Optional<String> secret = section.text("secret");
    section.done();
    if (url.isEmpty() && (secret.isPresent() || !headers.isEmpty())) {
      throw section.wrong("url", "the URL of the webhook that the other keys are about");
    }
    return url.map(at -> new WebhookConfig(at, timeout, cache, headers, secret));
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "WebhookConfig[" + url.getHost() + "]";
  }
}
