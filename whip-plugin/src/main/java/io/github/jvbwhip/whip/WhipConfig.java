package io.github.jvbwhip.whip;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.negotiation.CodecPreference;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.config.CodecPreferences;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The configuration of WHIP. {@code reference.conf} explains each key.
 *
 * @param onConflict what happens to a stream that has a publisher when another one comes
 * @param replace who may replace a live publisher where no tokens are asked for
 * @param mediaTimeout how long a connected publisher may send nothing; zero for ever
 * @param codecs what publishers may send
 * @param limits how much of it
 */
public record WhipConfig(
    HttpConfig http,
    OnConflict onConflict,
    Replace replace,
    Duration mediaTimeout,
    CodecPreference codecs,
    PublisherLimits limits) {

  /** What whoever runs the server has there, of both protocols. */
  private static final String OPERATOR = "operator";

  /** Where the keys stand. */
  public static final String PATH = "videobridge.whip";

  /** What happens to a stream that has a publisher when another one comes. */
  public enum OnConflict {
    /** The newcomer gets 409. */
    REJECT,
    /** The newcomer takes over, if it has the same credentials; otherwise it gets 409. */
    REPLACE
  }

  /** Who may replace a live publisher where no tokens tell publishers apart. */
  public enum Replace {
    /** Who knows its session's URL. */
    PROOF,
    /** Everybody. */
    ANYONE
  }

  /** Who may do what of it; {@code publishing} decides about publishers. */
  public Map<Action, Authorizer> authorizers(Authorizer publishing) {
    return Map.of(Action.PUBLISH, publishing);
  }

  /**
   * Reads {@value #PATH}.
   *
   * @param config the whole configuration, {@code reference.conf} included
   * @param foreignKeys keys beside ours that somebody else reads
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  public static WhipConfig read(Config config, Set<String> foreignKeys)
      throws InvalidConfigException {
    Config own;
    try {
      own = config.getConfig(PATH);
    } catch (ConfigException e) {
      throw new InvalidConfigException(PATH + " has to be an object");
    }
    Section section = new Section(own, PATH);
    foreignKeys.forEach(section::foreign);
    section.foreign(OPERATOR);
    WhipConfig result =
        new WhipConfig(
            HttpConfig.read(section),
            section.choice("on-conflict", OnConflict.class),
            section.choice("replace", Replace.class),
            section.duration("media-timeout"),
            CodecPreferences.read(section),
            limits(section));
    section.done();
    return result;
  }

  private static PublisherLimits limits(Section section) throws InvalidConfigException {
    int bitrate = section.number("max-bitrate", 0);
    Optional<String> text = section.text("max-resolution");
    Optional<Resolution> resolution = text.flatMap(Resolution::of);
    if (text.isPresent() && resolution.isEmpty()) {
      throw section.wrong("max-resolution", "empty, or a resolution such as 1920x1080");
    }
    return new PublisherLimits(
        bitrate == 0 ? OptionalLong.empty() : OptionalLong.of(bitrate), resolution);
  }
}
