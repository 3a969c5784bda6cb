package io.github.jvbwhip.edge;

import com.typesafe.config.Config;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which other servers this one is a client of; {@code reference.conf} explains each key.
 *
 * @param origins the first one that has a room is asked
 * @param forwards all that want a stream get it
 * @param linger how long what is fetched is kept after the last player has left
 * @param join how long a player waits until it is known what the origin has
 * @param timeout how long another server may take to answer a request
 * @param longestPause between two attempts
 * @param maxStreams how much may be fetched at a time
 */
public record EdgeConfig(
    List<OriginConfig> origins,
    List<ForwardConfig> forwards,
    Duration linger,
    Duration join,
    Duration timeout,
    Duration longestPause,
    int maxStreams) {

  /** Where the keys stand. */
  public static final String PATH = "standalone";

  public EdgeConfig {
    origins = List.copyOf(origins);
    forwards = List.copyOf(forwards);
  }

  /**
   * Reads {@code standalone.origins}, {@code standalone.forward} and {@code standalone.edge}.
   *
   * @param config the whole configuration, {@code reference.conf} included
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  public static EdgeConfig read(Config config) throws InvalidConfigException {
    Section all = new Section(config, "").section(PATH);
    List<OriginConfig> origins = new ArrayList<>();
    for (Section each : all.sections("origins")) {
      origins.add(OriginConfig.read(each));
    }
    List<ForwardConfig> forwards = new ArrayList<>();
    for (Section each : all.sections("forward")) {
      forwards.add(ForwardConfig.read(each));
    }
    Section section = all.section("edge");
    EdgeConfig result =
        new EdgeConfig(
            origins,
            forwards,
            section.duration("linger"),
            section.duration("join-timeout"),
            section.positiveDuration("timeout"),
            section.positiveDuration("longest-pause"),
            section.number("max-streams", 1));
    section.done();
    return result;
  }

  /** Whether there is any other server. */
  public boolean isNone() {
    return origins.isEmpty() && forwards.isEmpty();
  }
}
