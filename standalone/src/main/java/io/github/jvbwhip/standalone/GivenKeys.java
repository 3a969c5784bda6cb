package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import io.github.jvbwhip.edge.EdgeConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.StrayKeys;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may stand in the file of {@code --config}. */
final class GivenKeys {
  private static final Set<String> OWN =
      Set.of(StandaloneConfig.PATH, WhipConfig.PATH, WhepConfig.PATH);

  /** Keys of WHIP that only mean something on JVB: one file may serve both bridges. */
  static final Set<String> PASSED_OVER =
      Set.of("cluster", "http-server", "stress-limit", "drain-timeout", "pages");

  /** All keys of WHIP that the drop-in jar alone reads: what the others promise nobody keeps. */
  private static final Set<String> OF_THE_DROP_IN_JAR =
      Stream.concat(PASSED_OVER.stream(), Stream.of("foreign-conferences", "jitsi"))
          .collect(Collectors.toUnmodifiableSet());

  private static final String MEETINGS = WhipConfig.PATH + ".jitsi.enabled";
  private static final String OF_MEETINGS = "as the bridge's log says";

  private GivenKeys() {}

  /**
   * Refuses keys that nobody would read.
   *
   * @param onJvb whether a Jitsi Videobridge runs, which has keys of its own
   * @throws InvalidConfigException with one line that names the key
   */
  static void check(Config file, boolean onJvb) throws InvalidConfigException {
    if (onJvb) {
      Set<String> known = new HashSet<>(JvbProcess.SECTIONS);
      known.add(StandaloneConfig.PATH);
      if (!EdgeConfig.read(Standalone.configuration(file)).isNone()) {
        throw new InvalidConfigException(
            "standalone.origins and standalone.forward are for the embedded bridge: take --bridge"
                + " embedded.");
      }
      StrayKeys.refuseNearMisses(file);
      StrayKeys.refuseOthers(file, known);
    } else {
      StrayKeys.refuseOthers(file, OWN);
    }
  }

  /**
   * Who may publish and watch on a Jitsi Videobridge, which reads these keys for itself.
   *
   * @throws InvalidConfigException with one line that names a key that it would not take
   */
  static Banner.Access accessOnJvb(Config config) throws InvalidConfigException {
    WhipConfig whip = WhipConfig.read(config, OF_THE_DROP_IN_JAR);
    WhepConfig whep = WhepConfig.read(config, Set.of());
    StandaloneConfig own = StandaloneConfig.read(config);
    own.http().checkProxies(StandaloneConfig.PATH + ".http", whip.http().trustedProxies());
    if (config.hasPath(MEETINGS) && config.getBoolean(MEETINGS)) {
      return new Banner.Access(OF_MEETINGS, OF_MEETINGS);
    }
    Openness.check(own, whip, whep);
    return Banner.Access.of(whip, whep);
  }
}
