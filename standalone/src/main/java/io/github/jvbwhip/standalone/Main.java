package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.standalone.StandaloneConfig.BridgeChoice;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Starts the product: what {@code ./run} and a release's start script run. */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Options options = new Options();
    CommandLine command = new CommandLine(options);
    try {
      command.parseArgs(args);
    } catch (ParameterException e) {
      System.err.println(e.getMessage() + " (" + Options.called() + " --help lists the options)");
      System.exit(WRONG_USAGE);
    }
    if (options.help) {
      System.out.print(Options.helpText());
      return;
    }
    configureLogging();
    try {
      Config file = options.config == null ? ConfigFactory.empty() : parse(options.config);
      Config config = load(options, file);
      StandaloneConfig own = StandaloneConfig.read(config);
      Optional<JvbHome> jvb = chooseJvb(own.bridge());
      GivenKeys.check(file, jvb.isPresent());
      if (jvb.isPresent()) {
        System.exit(JvbProcess.run(jvb.get(), own, config, file, GivenKeys.accessOnJvb(config)));
      }
      GivenKeys.tellUnreadByEmbedded(file);
      Standalone running = Standalone.start(config);
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
      TerminateSignal.handle(running);
      System.out.println(running.banner());
    } catch (StartupException | InvalidConfigException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static Optional<JvbHome> chooseJvb(BridgeChoice choice) throws StartupException {
    if (choice == BridgeChoice.EMBEDDED) {
      return Optional.empty();
    }
    Optional<JvbHome> home = JvbHome.find(System.getProperties(), System.getenv());
    if (home.isEmpty() && choice == BridgeChoice.JVB) {
      throw new StartupException(
          "No Jitsi Videobridge found: set JVB_HOME to the directory that holds"
              + " jitsi-videobridge.jar and lib/, or take --bridge embedded.");
    }
    return home;
  }

  private static Config load(Options options, Config file) throws StartupException {
    Config line = ConfigFactory.empty();
    line = with(line, "standalone.http.host", options.host);
    line = with(line, "standalone.http.port", options.port);
    for (String path :
        options.open ? List.of(WhipConfig.PATH, WhepConfig.PATH) : List.<String>of()) {
      line = with(line, path + ".auth.mode", "none");
    }
    line = with(line, "standalone.udp-port", options.udpPort);
    line = with(line, "standalone.bridge", options.bridge);
    line = with(line, "standalone.advertise", options.advertise);
    // Java's own properties come before the command line, as with every Typesafe configuration.
    try {
      return Standalone.configuration(line.withFallback(file));
    } catch (ConfigException e) {
      throw new StartupException("Configuration: " + e.getMessage(), e);
    }
  }

  private static Config with(Config config, String path, @Nullable Object value) {
    return value == null
        ? config
        : config.withValue(path, ConfigValueFactory.fromAnyRef(value, "command line"));
  }

  private static Config parse(Path file) throws StartupException {
    if (!Files.isReadable(file)) {
      throw new StartupException("Configuration: " + file + " cannot be read.");
    }
    try {
      // Absolute: what a file without a parent includes would be looked for elsewhere, and passed
      // over.
      return ConfigFactory.parseFile(
              file.toAbsolutePath().toFile(),
              ConfigParseOptions.defaults()
                  .setAllowMissing(false)
                  .setOriginDescription(file.toString()))
          .resolve();
    } catch (ConfigException e) {
      throw new StartupException("Configuration: " + e.getMessage(), e);
    }
  }

  private static void configureLogging() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream in = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(in);
    } catch (IOException e) {
      System.err.println("Logging stays as Java has it: " + e.getMessage());
    }
  }
}
