package io.github.jvbwhip.standalone;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. What is absent comes from the configuration. */
@Command(
    name = "./run",
    sortOptions = false,
    description =
        "Starts a bridge with WHIP and WHEP endpoints and the pages to publish and watch.%n",
    footer = "%nEnds on Ctrl-C or SIGTERM. docs/configuration.md explains every key of a FILE.")
final class Options {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "HTTP port; 0 takes a free one (default: 8080).")
  @Nullable Integer port;

  @Option(
      names = "--udp-port",
      paramLabel = "PORT",
      description = "UDP port for all media; 0 takes a free one (default: 10000).")
  @Nullable Integer udpPort;

  @Option(
      names = "--bridge",
      paramLabel = "auto|embedded|jvb",
      description =
          "Which bridge runs. auto, the default, takes a Jitsi Videobridge where one is installed"
              + " (-Djvb.home, JVB_HOME or /usr/share/jitsi-videobridge).")
  @Nullable String bridge;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (HOCON); see docs/configuration.md.")
  @Nullable Path config;

  @Option(
      names = "--advertise",
      paramLabel = "ADDRESS",
      description =
          "IP address that clients reach this machine at, when it is none of its own (NAT);"
              + " repeatable.")
  @Nullable List<String> advertise;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  boolean help;
}
