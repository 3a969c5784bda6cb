package io.github.jvbwhip.http.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may use a protocol.
 *
 * @param modes by which callers are let in: whom the first one lets in, else the next one
 * @param said whether the modes were configured, and not only follow from what else was
 * @param tokens of {@link Mode#TOKEN}
 * @param tokenFile with more of them, which may change
 * @param query whether a token may stand in the query, where logs show it
 * @param endsWithToken whether a session ends when the token does that opened it
 */
public record AuthConfig(
    List<Mode> modes,
    boolean said,
    List<TokenGrant> tokens,
    Optional<Path> tokenFile,
    Optional<JwtConfig> jwt,
    Optional<WebhookConfig> webhook,
    boolean query,
    boolean endsWithToken) {

  /** How a caller shows that it may. */
  public enum Mode {
    /** Everyone may. */
    NONE,
    /** By a token of a list. */
    TOKEN,
    /** By a JSON Web Token. */
    JWT,
    /** By what another server says. */
    WEBHOOK
  }

  public AuthConfig {
    modes = List.copyOf(modes);
    tokens = List.copyOf(tokens);
  }

  /** Reads the section. */
  static AuthConfig read(Section section) throws InvalidConfigException {
    List<TokenGrant> tokens = TokenGrant.read(section, "tokens");
    Optional<Path> tokenFile = section.text("token-file").map(Path::of);
    Optional<JwtConfig> jwt = JwtConfig.read(section.section("jwt"));
    Optional<WebhookConfig> webhook = WebhookConfig.read(section.section("webhook"));
    Set<Mode> configured = EnumSet.noneOf(Mode.class);
    if (!tokens.isEmpty() || tokenFile.isPresent()) {
      configured.add(Mode.TOKEN);
    }
    jwt.ifPresent(given -> configured.add(Mode.JWT));
    webhook.ifPresent(given -> configured.add(Mode.WEBHOOK));
    List<Mode> said = section.choices("mode", Mode.class);
    if (said.isEmpty() && configured.size() > 1) {
      throw section.wrong("mode", "a list of " + words(configured) + ", in the order that counts");
    }
    check(section, said, configured);
    List<Mode> implied = configured.isEmpty() ? List.of(Mode.NONE) : List.copyOf(configured);
    AuthConfig result =
        new AuthConfig(
            said.isEmpty() ? implied : said,
            !said.isEmpty(),
            tokens,
            tokenFile,
            jwt,
            webhook,
            section.flag("query-token"),
            section.flag("end-with-token"));
    if (result.endsWithToken && !result.modes.contains(Mode.JWT)) {
      throw section.wrong("end-with-token", "false where mode has no jwt");
    }
    section.done();
    return result;
  }

  /** What is configured and not used would protect nothing; what is used and not there, nobody. */
  private static void check(Section section, List<Mode> said, Set<Mode> configured)
      throws InvalidConfigException {
    if (said.isEmpty()) {
      return;
    }
    if (new HashSet<>(said).size() < said.size()) {
      throw section.wrong("mode", "a list in which nothing stands twice");
    }
    if (said.contains(Mode.NONE) && said.indexOf(Mode.NONE) < said.size() - 1) {
      throw section.wrong("mode", "a list with none as the last one: it lets everyone in");
    }
    for (Mode mode : EnumSet.complementOf(EnumSet.of(Mode.NONE))) {
      if (configured.contains(mode) && !said.contains(mode)) {
        throw section.wrong("mode", "a list with " + word(mode) + ", which is configured");
      } else if (said.contains(mode) && !configured.contains(mode)) {
        throw section.wrong("mode", "a list without " + word(mode) + ", which is not configured");
      }
    }
  }

  /** Whether everyone may. */
  public boolean isOpen() {
    return modes.contains(Mode.NONE);
  }

  /** Who may, in words for who runs the server. */
  public String words() {
    if (modes.equals(List.of(Mode.NONE))) {
      return "open to everyone";
    }
    return modes.stream()
        .map(
            mode ->
                switch (mode) {
                  case NONE -> "everyone else";
                  case TOKEN -> "token needed";
                  case JWT -> "JWT needed";
                  case WEBHOOK -> "webhook asked";
                })
        .collect(Collectors.joining(" or "));
  }

  private static String words(Set<Mode> modes) {
    return modes.stream().map(AuthConfig::word).collect(Collectors.joining(", "));
  }

  private static String word(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** Leaves tokens and secrets out. */
  @Override
  public String toString() {
    return "AuthConfig" + modes;
  }
}
