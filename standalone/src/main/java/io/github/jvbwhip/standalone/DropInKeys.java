package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.config.StrayKeys;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.util.List;
import java.util.Set;

/**
 * The keys that the drop-in jar alone reads, on a bridge that has not started yet. Their names and
 * defaults are those of its modules, whose files the build puts beside this class.
 */
final class DropInKeys {
  private static final Config REFERENCE = resource("dropin").withFallback(resource("cluster"));
  private static final List<String> SECTIONS =
      List.of(
          WhipConfig.PATH + ".cluster",
          WhipConfig.PATH + ".http-server",
          WhipConfig.PATH + ".jitsi");

  /** How publishers and players of meetings are asked who they are. */
  private enum SignIn {
    ANONYMOUS,
    ACCOUNT,
    TOKEN
  }

  private DropInKeys() {}

  private static Config resource(String module) {
    return ConfigFactory.parseResources(
        DropInKeys.class,
        module + "/reference.conf",
        ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** Their names, below {@link WhipConfig#PATH}. */
  static Set<String> names() {
    return REFERENCE.getObject(WhipConfig.PATH).keySet();
  }

  /**
   * Refuses keys in their sections that nobody reads.
   *
   * @throws InvalidConfigException with one line that names the key
   */
  static void refuseUnknown(Config config) throws InvalidConfigException {
    for (String section : SECTIONS) {
      StrayKeys.refuseUnknown(config, REFERENCE, section);
    }
  }

  /**
   * Who is let in, where meetings may have a say in that before the protocols do.
   *
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  static Banner.Access access(Config config, WhipConfig whip, WhepConfig whep)
      throws InvalidConfigException {
    Banner.Access plain = Banner.Access.of(whip, whep);
    return new Banner.Access(
        whip.http().enabled() && publishersBringTokens(config)
            ? "token of the meeting needed"
            : plain.whip(),
        whep.http().enabled() && playersBringTokens(config)
            ? "token of the " + (publishersBringTokens(config) ? "meeting" : "room") + " needed"
            : plain.whep());
  }

  /** Whether publishers show a meeting's token, whatever {@code auth} says. */
  static boolean publishersBringTokens(Config config) throws InvalidConfigException {
    Section jitsi = jitsi(config);
    return jitsi.flag("enabled")
        && jitsi.section("auth").choice("mode", SignIn.class) == SignIn.TOKEN;
  }

  /** Whether players show a room's or a meeting's token, whatever {@code auth} says. */
  static boolean playersBringTokens(Config config) throws InvalidConfigException {
    Section jitsi = jitsi(config);
    return jitsi.flag("enabled") && jitsi.section("watch").flag("enabled");
  }

  /** Whether the bridge is one of several. */
  static boolean inCluster(Config config) throws InvalidConfigException {
    return own(config).section("cluster").flag("enabled");
  }

  /** Whether the pages are served. */
  static boolean hasPages(Config config) throws InvalidConfigException {
    return own(config).flag("pages");
  }

  private static Section jitsi(Config config) throws InvalidConfigException {
    return own(config).section("jitsi");
  }

  private static Section own(Config config) throws InvalidConfigException {
    return new Section(config.withFallback(REFERENCE), "").section(WhipConfig.PATH);
  }
}
