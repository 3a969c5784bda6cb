package io.github.jvbwhip.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** What {@code ./soak} runs. */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** Kept: a logger that nobody refers to loses its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs the command line and returns the exit status. */
  static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
    Options options = new Options();
    CommandLine command = new CommandLine(options);
    try {
      command.parseArgs(args);
    } catch (ParameterException e) {
      return wrongUsage(e.getMessage(), err);
    }
    if (options.help) {
      out.print(command.getUsageMessage(Ansi.OFF));
      return 0;
    }
    Optional<String> tooSmall = options.tooSmall();
    if (tooSmall.isPresent()) {
      return wrongUsage(tooSmall.get(), err);
    }
    // What the ICE library logs would come between the rounds.
    ROOT.setLevel(Level.OFF);
    try {
      return new Soak(options, out).run(Path.of("target", "soak")) ? 0 : FAILED;
    } catch (IOException | AssertionError e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private static int wrongUsage(@Nullable String why, PrintStream err) {
    err.println(why + " (./soak --help lists the options)");
    return WRONG_USAGE;
  }
}
