package io.github.jvbwhip.load;

import io.github.jvbwhip.load.client.BandwidthFeedback;
import io.github.jvbwhip.testpeer.media.Codec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "./load",
    sortOptions = false,
    description =
        "Publishes to a WHIP server and plays from a WHEP server (any, by their URLs), with "
            + "as many publishers and players as are asked for, and tells what they saw.%n",
    footer =
        "%nIn URLs {room}, {stream} and {n} stand for numbers from 0 on: of the room, of the stream in"
            + " its room, of the publisher or player."
            + "%nExit status: 0 when all were served, 1 when not, 2 for wrong usage."
            + " docs/load.md explains the figures.")
final class Options {
  /** An answer on the command line. */
  enum Choice {
    YES,
    NO
  }

  @Option(names = "--whip", paramLabel = "URL", description = "The WHIP endpoints to publish to.")
  @Nullable String whip;

  @Option(names = "--whep", paramLabel = "URL", description = "The WHEP endpoints to play from.")
  @Nullable String whep;

  @Option(
      names = "--token",
      description = "The bearer token; better in the environment, as LOAD_TOKEN.")
  @Nullable String token;

  @Option(
      names = "--rooms",
      defaultValue = "1",
      description = "Over how many rooms the streams are spread (default: 1).")
  int rooms;

  @Option(
      names = "--streams",
      description =
          "How many streams there are, each with a publisher if --whip is given (default: one in"
              + " each room).")
  @Nullable Integer streams;

  @Option(
      names = "--players",
      description =
          "How many players there are, if --whep is given; they take the streams in turn (default:"
              + " 1).")
  @Nullable Integer players;

  @Option(
      names = "--rate",
      defaultValue = "20",
      description = "How many sessions begin each second (default: 20).")
  int rate;

  @Option(
      names = "--max-connecting",
      defaultValue = "40",
      description = "How many may be on their way to be connected at a time (default: 40).")
  int maxConnecting;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long it goes on when all are connected (default: 30).")
  int duration;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long a request, and ICE and DTLS after it, may take (default: 20).")
  int connectTimeout;

  @Option(
      names = "--codec",
      split = ",",
      description =
          "Video: VP8, H264, AV1. Publishers send the first one (default: VP8), players offer all"
              + " (default: H264,VP8,AV1).")
  List<Codec> codecs = List.of();

  @Option(
      names = "--bitrate",
      paramLabel = "BITS",
      defaultValue = "1.5M",
      description = "Of a publisher's (largest) picture, such as 800k or 1.5M (default: 1.5M).")
  String bitrate = "";

  @Option(names = "--fps", defaultValue = "30", description = "Pictures per second (default: 30).")
  int fps;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "1280x720",
      description = "What publishers say of their picture (default: 1280x720).")
  String size = "";

  @Option(
      names = "--keyframe-interval",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "From keyframe to keyframe; 0: only when asked (default: 2).")
  double keyframeInterval;

  @Option(
      names = "--answer-pli",
      defaultValue = "yes",
      description = "yes|no: whether publishers make a keyframe when asked (default: yes).")
  Choice answerPli = Choice.YES;

  @Option(
      names = "--simulcast",
      paramLabel = "ENCODINGS",
      defaultValue = "1",
      description = "Encodings by RID, each half as large as the next (default: 1, no simulcast).")
  int simulcast;

  @Option(
      names = "--audio",
      defaultValue = "yes",
      description = "yes|no: Opus, beside the picture (default: yes).")
  Choice audio = Choice.YES;

  @Option(
      names = "--decrypt",
      defaultValue = "yes",
      description = "yes|no: whether players decrypt RTP; else they only count it (default: yes).")
  Choice decrypt = Choice.YES;

  @Option(
      names = "--nack",
      defaultValue = "yes",
      description = "yes|no: whether players ask for lost video again (default: yes).")
  Choice nack = Choice.YES;

  @Option(
      names = "--feedback",
      defaultValue = "transport-cc",
      description =
          "transport-cc|remb|none: what tells a player's bandwidth (default: transport-cc).")
  BandwidthFeedback feedback = BandwidthFeedback.TRANSPORT_CC;

  @Option(
      names = "--remb",
      paramLabel = "BITS",
      defaultValue = "10M",
      description = "What players tell with --feedback remb (default: 10M).")
  String remb = "";

  @Option(
      names = "--loss",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description = "Of all that players receive, how much gets lost (default: 0).")
  double loss;

  @Option(
      names = "--delay",
      paramLabel = "MS",
      defaultValue = "0",
      description = "By how much all that players receive is late (default: 0).")
  int delay;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "What chance depends on (default: 1).")
  long seed;

  @Option(
      names = "--loops",
      defaultValue = "2",
      description = "How many threads share the clients (default: 2).")
  int loops;

  @Option(
      names = "--pid",
      split = ",",
      description =
          "The server's processes, where it is on this machine: what they take is told as well.")
  List<Long> pids = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the report there, too.")
  @Nullable Path json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  boolean help;
}
