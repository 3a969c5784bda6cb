package io.github.jvbwhip.embedded.transport;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.config.JitsiConfig;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.JitsiOpenSslProvider;

/**
 * What has to be told to ice4j and jitsi-srtp once for the whole process, before their first use. A
 * system property of the same name, given by whoever starts the process, has the last word.
 */
final class Ice4jSettings {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          // No request to a cloud's metadata address: addresses are configured.
          "ice4j.harvest.mapping.aws.enabled", "false",
          // RFC 7675 §5.1: a check about every five seconds.
          "ice4j.consent-freshness.interval", "5 seconds",
          "ice4j.consent-freshness.max-retransmissions", "10");

  /** Held, because the logging system forgets levels of loggers that nobody holds. */
  private static final Logger ICE4J_LOGGER = Logger.getLogger("org.ice4j");

  static {
    DEFAULTS.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    ConfigFactory.invalidateCaches();
    JitsiConfig.Companion.reloadNewConfig();
    Ice4jThreads.bound();
    // ice4j tells at level INFO what it does for every session.
    if (ICE4J_LOGGER.getLevel() == null) {
      ICE4J_LOGGER.setLevel(Level.WARNING);
    }
    // Without a choice, jitsi-srtp spends a second or two on a benchmark of its own. As fast as one
    // another, but for each packet Java's own leaves a kilobyte behind, OpenSSL a tenth of it.
    Aes.setFactoryClassName(JitsiOpenSslProvider.isLoaded() ? "OpenSSL" : "SunJCE");
  }

  private Ice4jSettings() {}

  /** Makes sure that the settings are made; later calls do nothing. */
  static void apply() {}
}
