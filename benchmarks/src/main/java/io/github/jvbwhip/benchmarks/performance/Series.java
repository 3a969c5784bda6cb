package io.github.jvbwhip.benchmarks.performance;

import java.util.List;

/** What is varied from run to run, with everything else as it is. */
enum Series {
  /** Players of one stream. */
  PLAYERS,
  /** Streams of one room, with 48 players in all. */
  STREAMS,
  /** Rooms with a stream each, and 48 players in all. */
  ROOMS,
  /** One after the other, to a publisher with a keyframe every 2 s; 1: that answers PLI as well. */
  ANSWERS_PLI;

  private static final String SOME = "48";

  /** The generator's options. */
  List<String> options(int value) {
    String number = Integer.toString(value);
    return switch (this) {
      case PLAYERS -> List.of("--players", number);
      case STREAMS -> List.of("--players", SOME, "--streams", number);
      case ROOMS -> List.of("--players", SOME, "--rooms", number);
      case ANSWERS_PLI ->
          List.of("--players", SOME, "--rate", "3", "--answer-pli", value == 1 ? "yes" : "no");
    };
  }
}
