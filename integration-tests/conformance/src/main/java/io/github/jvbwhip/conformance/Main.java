package io.github.jvbwhip.conformance;

import io.github.jvbwhip.conformance.client.Protocol;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** What {@code ./conformance} runs. */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int UNREACHABLE = 3;

  /** Kept: a logger that nobody refers to loses its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs the command line and returns the exit status. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    Options options = new Options();
    CommandLine command = new CommandLine(options);
    try {
      command.parseArgs(args);
    } catch (ParameterException e) {
      err.println(e.getMessage() + " (./conformance --help lists the options)");
      return WRONG_USAGE;
    }
    if (options.help) {
      out.print(command.getUsageMessage(Ansi.OFF));
      return 0;
    }
    if (options.list) {
      out.print(Report.markdown(ConformanceSuite.requirements()));
      return 0;
    }
    if (!options.compare.isEmpty()) {
      return compare(options.compare, out, err);
    }
    Optional<String> wrong = wrong(options);
    if (wrong.isPresent()) {
      err.println(wrong.get());
      return WRONG_USAGE;
    }
    Target target = target(options);
    Optional<String> unreachable = ConformanceSuite.unreachable(target);
    if (unreachable.isPresent()) {
      err.println(unreachable.get());
      return UNREACHABLE;
    }
    // What the ICE library logs would come between the rows.
    ROOT.setLevel(Level.SEVERE);
    List<Result> results =
        ConformanceSuite.run(target, wanted(options.only), result -> out.print(Report.row(result)));
    out.println();
    out.print(Report.summary(results));
    out.println(Report.verdict(results));
    if (options.junit != null) {
      Report.writeJunit(results, options.junit);
    }
    return results.stream().anyMatch(r -> r.fails(io.github.jvbwhip.conformance.Level.MUST))
        ? FAILED
        : 0;
  }

  private static int compare(Map<String, Path> files, PrintStream out, PrintStream err) {
    Comparison comparison = new Comparison();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      try {
        comparison.add(file.getKey(), file.getValue());
      } catch (IOException e) {
        err.println(file.getValue() + " cannot be read: " + e.getMessage());
        return WRONG_USAGE;
      }
    }
    out.print(comparison.markdown(ConformanceSuite.requirements()));
    return 0;
  }

  private static Optional<String> wrong(Options options) {
    if (options.whip == null && options.whep == null) {
      return Optional.of("Say --whip URL, --whep URL, or both.");
    }
    if (options.timeout < 1) {
      return Optional.of("--timeout is a number of seconds, from 1 up.");
    }
    Optional<String> nothing = nothingToCheck(options);
    if (nothing.isPresent()) {
      return nothing;
    }
    return Stream.of(options.whip, options.whep)
        .filter(url -> url != null && !isHttp(url))
        .findFirst()
        .map(url -> url + " is no HTTP URL.");
  }

  private static Optional<String> nothingToCheck(Options options) {
    for (String prefix : options.only) {
      List<Requirement> named =
          ConformanceSuite.requirements().stream().filter(r -> r.id().startsWith(prefix)).toList();
      if (named.isEmpty()) {
        return Optional.of(
            "--only " + prefix + ": no check has an id that begins so (--list has them all).");
      }
      if (named.stream().noneMatch(r -> isChecked(r, options))) {
        return Optional.of(
            "--only "
                + prefix
                + ": these checks need "
                + (options.whip == null ? "--whip." : "--whep."));
      }
    }
    return Optional.empty();
  }

  private static boolean isChecked(Requirement requirement, Options options) {
    return requirement.id().startsWith(Protocol.WHIP.prefix())
        ? options.whip != null
        : options.whep != null;
  }

  private static boolean isHttp(URI url) {
    return url.getHost() != null
        && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
  }

  private static Target target(Options options) {
    return new Target(
        Optional.ofNullable(options.whip),
        Optional.ofNullable(options.whep),
        Optional.ofNullable(options.whipToken).or(() -> Optional.ofNullable(options.token)),
        Optional.ofNullable(options.whepToken).or(() -> Optional.ofNullable(options.token)),
        options.strict,
        Duration.ofSeconds(options.timeout));
  }

  private static Predicate<Requirement> wanted(List<String> prefixes) {
    return requirement ->
        prefixes.isEmpty() || prefixes.stream().anyMatch(requirement.id()::startsWith);
  }
}
