package io.github.jvbwhip.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "./conformance",
    sortOptions = false,
    description =
        "Checks a WHIP (RFC 9725) and a WHEP (draft-ietf-wish-whep and its events extension) "
            + "server from outside, and prints what it keeps and what it breaks.%n",
    footer =
        "%nExit status: 0 when no MUST failed, 1 when one did, 2 for wrong usage,"
            + " 3 when an endpoint cannot be reached."
            + " docs/conformance.md explains the table.")
final class Options {
  @Option(
      names = "--whip",
      paramLabel = "URL",
      description =
          "The WHIP endpoint. Nobody else may publish there; with --whep, what is published has to"
              + " be what --whep plays.")
  @Nullable URI whip;

  @Option(
      names = "--whep",
      paramLabel = "URL",
      description = "The WHEP endpoint. Without --whip, somebody has to publish there.")
  @Nullable URI whep;

  @Option(names = "--token", paramLabel = "TOKEN", description = "The bearer token that both want.")
  @Nullable String token;

  @Option(
      names = "--whip-token",
      paramLabel = "TOKEN",
      description = "The one that --whip wants, where they differ.")
  @Nullable String whipToken;

  @Option(
      names = "--whep-token",
      paramLabel = "TOKEN",
      description = "The one that --whep wants, where they differ.")
  @Nullable String whepToken;

  @Option(
      names = "--strict",
      description =
          "The server has to refuse what clients must not do, such as PATCH without If-Match.")
  boolean strict;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Writes the results as JUnit XML as well.")
  @Nullable Path junit;

  @Option(
      names = "--only",
      paramLabel = "PREFIX",
      description = "Runs the checks whose id begins so; repeatable.")
  List<String> only = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long each response may take (default: 5).")
  int timeout;

  @Option(names = "--list", description = "Prints all requirements as Markdown, and ends.")
  boolean list;

  @Option(
      names = "--compare",
      paramLabel = "NAME=FILE",
      description =
          "Prints what the files of --junit say of several servers, as Markdown tables, and ends;"
              + " repeatable.")
  Map<String, Path> compare = new LinkedHashMap<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  boolean help;
}
