package io.github.jvbwhip.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line; {@code help.txt} explains each option. What is absent comes from the
 * configuration.
 */
@Command
final class Options {
  private static final String HELP = "help.txt";
  private static final String IN_THE_CHECKOUT = "./run";

  @Option(names = "--host")
  @Nullable String host;

  @Option(names = "--port")
  @Nullable Integer port;

  @Option(names = "--udp-port")
  @Nullable Integer udpPort;

  @Option(names = "--bridge")
  @Nullable String bridge;

  @Option(names = "--config")
  @Nullable Path config;

  @Option(names = "--advertise")
  @Nullable List<String> advertise;

  @Option(names = "--open")
  boolean open;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true)
  boolean help;

  /** How the user calls this program: a release has another name for it than the checkout. */
  static String called() {
    return System.getProperty("jvbwhip.called", IN_THE_CHECKOUT);
  }

  /**
   * What {@code --help} shows. It is a file, which {@code ./run} shows before anything is built.
   */
  static String helpText() {
    try (InputStream in = Options.class.getResourceAsStream(HELP)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + HELP);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace(IN_THE_CHECKOUT, called());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
