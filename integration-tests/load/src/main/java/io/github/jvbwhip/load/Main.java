package io.github.jvbwhip.load;

import io.github.jvbwhip.load.Plans.WrongUsage;
import io.github.jvbwhip.load.client.BandwidthFeedback;
import io.github.jvbwhip.load.report.LoadReport;
import io.github.jvbwhip.load.report.ReportTable;
import io.github.jvbwhip.testpeer.media.Codec;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What {@code ./load} runs. */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final long END_SECONDS = 15;

  /** Kept: a logger that nobody refers to loses its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs the command line and returns the exit status. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    Options options = new Options();
    CommandLine command = commandLine(options);
    try {
      command.parseArgs(args);
      if (options.help) {
        out.print(command.getUsageMessage(Ansi.OFF));
        return 0;
      }
      LoadPlan plan = Plans.of(options, Optional.ofNullable(System.getenv("LOAD_TOKEN")));
      return run(plan, options, out);
    } catch (ParameterException | WrongUsage e) {
      err.println(e.getMessage() + " (./load --help lists the options)");
      return WRONG_USAGE;
    } catch (IOException e) {
      err.println("The run failed: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  static CommandLine commandLine(Options options) {
    return new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Codec.class, text -> oneOf(Plans.VIDEO, text))
        .registerConverter(
            BandwidthFeedback.class, text -> oneOf(List.of(BandwidthFeedback.values()), text));
  }

  private static <T extends Enum<T>> T oneOf(List<T> allowed, String text) {
    return allowed.stream()
        .filter(value -> name(value).equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s but was '%s'"
                        .formatted(allowed.stream().map(Main::name).toList(), text)));
  }

  private static String name(Enum<?> value) {
    return value.name().replace('_', '-');
  }

  private static int run(LoadPlan plan, Options options, PrintStream out)
      throws IOException, InterruptedException {
    // What libraries log would come between the lines.
    ROOT.setLevel(Level.SEVERE);
    LoadRun run = new LoadRun(plan, out);
    CountDownLatch done = new CountDownLatch(1);
    Thread onSignal = new Thread(() -> endInOrder(run, done), "load-shutdown");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      LoadReport report = run.run();
      out.print(ReportTable.text(report));
      if (options.json != null) {
        ReportTable.writeJson(report, options.json);
      }
      return report.isGood() ? 0 : FAILED;
    } finally {
      done.countDown();
    }
  }

  /** On Ctrl-C the sessions are ended, and the report is printed, before the process ends. */
  private static void endInOrder(LoadRun run, CountDownLatch done) {
    run.stop();
    try {
      done.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
