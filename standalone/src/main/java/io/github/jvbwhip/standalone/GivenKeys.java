package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import io.github.jvbwhip.edge.EdgeConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.StrayKeys;
import io.github.jvbwhip.operator.OperatorConfig;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What may stand in the file of {@code --config}. */
final class GivenKeys {
  private static final Logger LOG = LoggerFactory.getLogger(GivenKeys.class);

  private static final Set<String> OWN =
      Set.of(StandaloneConfig.PATH, WhipConfig.PATH, WhepConfig.PATH);

  /** Keys of WHIP that only mean something on JVB: one file may serve both bridges. */
  static final Set<String> PASSED_OVER =
      Set.of("cluster", "http-server", "stress-limit", "drain-timeout", "pages");

  private static final String CLUSTER = WhipConfig.PATH + ".cluster.enabled";

  /** Keys of this product that only mean something on the embedded bridge. */
  private static final Set<String> OF_THE_EMBEDDED_BRIDGE =
      Set.of(
          "tcp-port", "max-sessions", "max-publisher-bitrate", "drain-timeout", "metrics", "edge");

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
    DropInKeys.refuseUnknown(file);
  }

  /** The keys that are there for the other bridge, in the order of the alphabet. */
  static List<String> unread(Config file, boolean onJvb) {
    String inside = (onJvb ? StandaloneConfig.PATH : WhipConfig.PATH) + ".";
    return (onJvb ? OF_THE_EMBEDDED_BRIDGE : PASSED_OVER)
        .stream().map(key -> inside + key).filter(file::hasPath).sorted().toList();
  }

  /** Says in the log what of the file does nothing on the embedded bridge. */
  static void tellUnreadByEmbedded(Config file) throws InvalidConfigException {
    List<String> unread = unread(file, false);
    if (!unread.isEmpty()) {
      LOG.info("Only a Jitsi Videobridge reads {}", String.join(", ", unread));
    }
    if (file.hasPath(CLUSTER) && DropInKeys.inCluster(file)) {
      LOG.warn(
          "{} does nothing here: the embedded bridge is in no cluster. standalone.origins has it"
              + " show the rooms of another server.",
          CLUSTER);
    }
  }

  /**
   * Who may publish and watch on a Jitsi Videobridge, which reads these keys for itself.
   *
   * @throws InvalidConfigException with one line that names a key that it would not take
   */
  static Banner.Access accessOnJvb(Config config) throws InvalidConfigException {
    WhipConfig whip = WhipConfig.read(config, DropInKeys.names());
    WhepConfig whep = WhepConfig.read(config, Set.of());
    StandaloneConfig own = StandaloneConfig.read(config);
    own.http().checkProxies(StandaloneConfig.PATH + ".http", whip.http().trustedProxies());
    var unused = OperatorConfig.read(config);
    Openness.check(
        own,
        whip,
        !DropInKeys.publishersBringTokens(config),
        whep,
        !DropInKeys.playersBringTokens(config));
    return DropInKeys.access(config, whip, whep);
  }
}
