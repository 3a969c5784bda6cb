package io.github.jvbwhip.load;

import io.github.jvbwhip.load.Options.Choice;
import io.github.jvbwhip.load.client.BandwidthFeedback;
import io.github.jvbwhip.load.client.PlayerSettings;
import io.github.jvbwhip.load.client.PublisherSettings;
import io.github.jvbwhip.load.report.ServerProcesses;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a command line, and knows what is too much. Stateless. */
final class Plans {
  /** A command line that cannot be followed; the message says why. */
  static final class WrongUsage extends Exception {
    private static final long serialVersionUID = 1;

    WrongUsage(String message) {
      super(message);
    }
  }

  private static final Pattern BITS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([kM]?)");
  private static final Pattern SIZE = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

  /** What there is of --codec, the best for players first. */
  static final List<Codec> VIDEO = List.of(Codec.H264, Codec.VP8, Codec.AV1);

  private static final int MOST_BITS = 50_000_000;
  private static final long NACK_INTERVAL_MILLIS = 50;

  /** Smallest first, in the names that browsers' examples use. */
  private static final List<String> RIDS = List.of("q", "h", "f");

  private Plans() {}

  /**
   * The plan.
   *
   * @param tokenOfEnvironment used where the command line has none
   */
  static LoadPlan of(Options options, Optional<String> tokenOfEnvironment) throws WrongUsage {
    if (options.whip == null && options.whep == null) {
      throw new WrongUsage("Say --whip URL, --whep URL, or both.");
    }
    within("--rooms", options.rooms, 1, 1000);
    int streams = options.streams == null ? options.rooms : options.streams;
    within("--streams", streams, options.rooms, 1000);
    int players = players(options);
    within("--players", players, 0, 5000);
    within("--rate", options.rate, 1, 1000);
    within("--max-connecting", options.maxConnecting, 1, 1000);
    within("--duration", options.duration, 1, 86_400);
    within("--connect-timeout", options.connectTimeout, 1, 120);
    within("--loss", options.loss, 0, 90);
    within("--delay", options.delay, 0, 1000);
    within("--loops", options.loops, 1, 32);
    requireDirectory(options.json);
    ServerProcesses server = new ServerProcesses(options.pids);
    if (!server.areAlive()) {
      throw new WrongUsage("--pid is the number of a process on this machine.");
    }
    LoadPlan plan =
        new LoadPlan(
            Optional.ofNullable(options.whip),
            Optional.ofNullable(options.whep),
            options.rooms,
            streams,
            players,
            options.rate,
            options.maxConnecting,
            Duration.ofSeconds(options.duration),
            Duration.ofSeconds(options.connectTimeout),
            Optional.ofNullable(options.token).or(() -> tokenOfEnvironment),
            publisher(options),
            player(options),
            options.loss / 100,
            Duration.ofMillis(options.delay),
            options.seed,
            options.loops,
            server);
    requireHttp(plan);
    return plan;
  }

  private static int players(Options options) throws WrongUsage {
    if (options.whep != null) {
      return options.players == null ? 1 : options.players;
    }
    if (options.players != null && options.players != 0) {
      throw new WrongUsage("--players have nothing to play from without --whep.");
    }
    return 0;
  }

  /** A report that cannot be written would be missed only when all is over. */
  private static void requireDirectory(@Nullable Path json) throws WrongUsage {
    if (json == null) {
      return;
    }
    Path directory = json.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(json)) {
      throw new WrongUsage("--json is a file in a directory that exists.");
    }
  }

  private static PublisherSettings publisher(Options options) throws WrongUsage {
    within("--fps", options.fps, 1, 120);
    within("--keyframe-interval", options.keyframeInterval, 0, 600);
    within("--simulcast", options.simulcast, 1, RIDS.size());
    Matcher size = SIZE.matcher(options.size);
    if (!size.matches()) {
      throw new WrongUsage("--size is a width and a height, such as 1280x720.");
    }
    return new PublisherSettings(
        options.codecs.isEmpty() ? Codec.VP8 : options.codecs.get(0),
        new VideoSettings(
            Integer.parseInt(size.group(1)),
            Integer.parseInt(size.group(2)),
            options.fps,
            bits("--bitrate", options.bitrate),
            (int) Math.round(options.keyframeInterval * options.fps)),
        options.simulcast == 1
            ? List.of()
            : RIDS.subList(RIDS.size() - options.simulcast, RIDS.size()),
        options.audio == Choice.YES,
        options.answerPli == Choice.YES);
  }

  private static PlayerSettings player(Options options) throws WrongUsage {
    int remb = bits("--remb", options.remb);
    return new PlayerSettings(
        options.codecs.isEmpty() ? VIDEO : options.codecs,
        options.audio == Choice.YES,
        options.decrypt == Choice.YES,
        options.nack == Choice.YES,
        options.feedback,
        options.feedback == BandwidthFeedback.REMB ? remb : 0,
        Duration.ofMillis(NACK_INTERVAL_MILLIS + 2L * options.delay).toNanos());
  }

  /** A number of bits per second, such as 800k or 1.5M. */
  static int bits(String option, String text) throws WrongUsage {
    Matcher matcher = BITS.matcher(text);
    if (!matcher.matches()) {
      throw new WrongUsage(option + " is a number of bits per second, such as 800k or 1.5M.");
    }
    double factor =
        switch (matcher.group(2)) {
          case "k" -> 1e3;
          case "M" -> 1e6;
          default -> 1;
        };
    double bits = Double.parseDouble(matcher.group(1)) * factor;
    within(option, bits, 10_000, MOST_BITS);
    return (int) Math.round(bits);
  }

  private static void within(String option, double value, double least, double most)
      throws WrongUsage {
    if (!(value >= least && value <= most)) {
      throw new WrongUsage("%s is from %.0f to %.0f.".formatted(option, least, most));
    }
  }

  private static void requireHttp(LoadPlan plan) throws WrongUsage {
    try {
      List<URI> urls =
          Stream.concat(
                  plan.whip().map(template -> plan.whip(0)).stream(),
                  plan.whep().map(template -> plan.whep(0)).stream())
              .toList();
      for (URI url : urls) {
        if (url.getHost() == null
            || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
          throw new WrongUsage(url + " is no HTTP URL.");
        }
      }
    } catch (IllegalArgumentException e) {
      throw new WrongUsage("A URL is malformed: " + e.getMessage());
    }
  }
}
