package io.github.jvbwhip.operator;

import com.typesafe.config.Config;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.sessions.SessionLog;
import io.github.jvbwhip.operator.notifications.NotificationConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What whoever runs the server wants to see and to do. {@code reference.conf} explains each key.
 *
 * @param enabled whether the API and the page are served
 * @param tokens the bearer tokens that open them
 * @param directory where named endpoints are kept; empty for none
 * @param log how sessions stand in the log
 * @param notifications who is told what is published and watched
 */
public record OperatorConfig(
    boolean enabled,
    List<String> tokens,
    Optional<Path> directory,
    SessionLog.Format log,
    Optional<NotificationConfig> notifications) {

  /** Where the keys stand. */
  public static final String PATH = "videobridge.whip.operator";

  public OperatorConfig {
    tokens = List.copyOf(tokens);
  }

  /**
   * Reads {@value #PATH}.
   *
   * @param config the whole configuration, {@code reference.conf} included
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  public static OperatorConfig read(Config config) throws InvalidConfigException {
    Section section = new Section(config, "").section(PATH);
    boolean enabled = section.flag("enabled");
    List<String> tokens = section.texts("tokens");
    if (tokens.stream().anyMatch(String::isBlank)) {
      throw section.wrong("tokens", "a list of tokens that are not empty");
    }
    if (enabled && tokens.isEmpty()) {
      throw section.wrong("tokens", "a list with at least one token, where enabled is true");
    }
    OperatorConfig result =
        new OperatorConfig(
            enabled,
            tokens,
            section.text("directory").map(Path::of),
            section.choice("session-log", SessionLog.Format.class),
            NotificationConfig.read(section.section("notifications")));
    section.done();
    return result;
  }

  /** Leaves the tokens out. */
  @Override
  public String toString() {
    return "OperatorConfig[enabled=" + enabled + ", directory=" + directory + "]";
  }
}
