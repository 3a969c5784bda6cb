package io.github.jvbwhip.integration;

import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Players' choices of layers, by the URL that the answer to their POST names. */
public final class ChosenLayers {
  private static final Pattern LAYER_LINK =
      Pattern.compile("<([^>]+)>; rel=\"urn:ietf:params:whep:ext:core:layer\"");

  private ChosenLayers() {}

  /**
   * Chooses, as soon as that can be had: publishers begin with the smallest encoding, and until the
   * others come they cannot be chosen.
   *
   * @param wish in JSON
   */
  public static void choose(Reply session, String wish, Duration timeout) {
    new Signal()
        .await(
            wish,
            timeout,
            () -> select(session, wish).status() == 200,
            () -> select(session, wish).body());
  }

  /** Asks for it once. */
  public static Reply select(Reply session, String wish) {
    URI uri =
        session.headers("Link").stream()
            .map(LAYER_LINK::matcher)
            .filter(Matcher::find)
            .map(link -> session.uri().resolve(link.group(1)))
            .findFirst()
            .orElseThrow();
    return HttpSignalling.send("POST", uri, "application/json", wish, Map.of());
  }
}
