package io.github.jvbwhip.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.conformance.Result.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole suite against the product, for every bridge. What is skipped is known by name. */
abstract class ProductConformance {
  private static final String TOKEN = "conformance-token";

  /** Tokens and ICE servers, so that what is said about those is checked too. */
  private static final String STRICT =
      """
      strict = true
      auth.tokens = [ "%s" ]
      ice-servers = [
        { urls = [ "stun:stun.example.org", "turn:turn.example.org?transport=udp" ]
          username = u, credential = p }
      ]
      """
          .formatted(TOKEN);

  /** Whatever the bridge: the server is on this machine, and its players may wait. */
  private static final Set<String> ALWAYS_SKIPPED =
      Set.of(
          "whip-session-url-https",
          "whip-patch-one-of-two",
          "whip-extensions",
          "whep-session-url-https",
          "whep-patch-one-of-two",
          "whep-unpublished");

  /** Without tokens and ICE servers, and where PATCH without an entity tag is tolerated. */
  private static final List<String> SKIPPED_LENIENTLY =
      List.of(
          "auth-missing",
          "auth-wrong",
          "auth-challenge",
          "ice-servers",
          "turn-credentials",
          "if-match-missing");

  /** A product that runs. */
  interface Product extends AutoCloseable {
    /** Where its paths begin. */
    URI uri();
  }

  /**
   * Starts the product.
   *
   * @param whip HOCON for {@code videobridge.whip}
   * @param whep HOCON for {@code videobridge.whep}
   */
  abstract Product start(String whip, String whep) throws Exception;

  @Test
  void every_requirement_is_met_leniently() throws Exception {
    Set<String> skipped = run("", Optional.empty(), false);
    for (String id : SKIPPED_LENIENTLY) {
      assertThat(skipped).contains("whip-" + id, "whep-" + id);
      skipped.removeAll(Set.of("whip-" + id, "whep-" + id));
    }
    assertThat(skipped).isEqualTo(ALWAYS_SKIPPED);
  }

  @Test
  void every_requirement_is_met_strictly() throws Exception {
    assertThat(run(STRICT, Optional.of(TOKEN), true)).isEqualTo(ALWAYS_SKIPPED);
  }

  @Test
  void players_can_be_sent_away_while_nothing_is_published() throws Exception {
    try (Product product = start("", "when-unpublished = conflict")) {
      List<Result> results = results(product, Optional.empty(), false, "whep-");
      assertThat(failures(results)).isEmpty();
      assertThat(ids(results, Status.PASS)).contains("whep-unpublished", "whep-media-video");
    }
  }

  @Test
  void the_server_can_make_the_offer() throws Exception {
    try (Product product = start("", "offer = server")) {
      List<Result> results = results(product, Optional.empty(), false, "whep-");
      assertThat(failures(results)).isEmpty();
      assertThat(ids(results, Status.PASS)).contains("whep-counter-status", "whep-counter-media");
      assertThat(ids(results, Status.SKIPPED)).contains("whep-post-created");
    }
  }

  private Set<String> run(String settings, Optional<String> token, boolean strict)
      throws Exception {
    try (Product product = start(settings, settings)) {
      List<Result> results = results(product, token, strict, "");
      assertThat(failures(results)).isEmpty();
      assertThat(results).hasSameSizeAs(ConformanceSuite.requirements());
      return ids(results, Status.SKIPPED);
    }
  }

  private static List<Result> results(
      Product product, Optional<String> token, boolean strict, String prefix) {
    Target target =
        new Target(
            Optional.of(product.uri().resolve("/whip/conformance/camera")),
            Optional.of(product.uri().resolve("/whep/conformance/camera")),
            token,
            token,
            strict,
            Duration.ofSeconds(30));
    return ConformanceSuite.run(target, r -> r.id().startsWith(prefix), result -> {});
  }

  private static List<String> failures(List<Result> results) {
    return results.stream().filter(r -> r.status() == Status.FAIL).map(Report::row).toList();
  }

  private static Set<String> ids(List<Result> results, Status status) {
    return results.stream()
        .filter(result -> result.status() == status)
        .map(result -> result.requirement().id())
        .collect(Collectors.toSet());
  }
}
