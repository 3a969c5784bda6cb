package io.github.jvbwhip.load.report;

import java.util.List;
import java.util.Map;

/**
 * What a run has found; as JSON it is the report's file.
 *
 * @param seconds of the whole run, up to the last DELETE
 * @param window the time in which all players were there
 * @param times post: the POST until its answer; connected, firstRtp, firstKeyframe: from the same
 *     POST on; delay: from a packet's sending to its receipt, after a player's first keyframe
 */
public record LoadReport(
    double seconds,
    Window window,
    Map<String, Long> publishers,
    Map<String, Long> players,
    Map<String, Distribution> times,
    List<String> srtpProfiles,
    List<Errors.Counted> errors,
    Generator generator) {

  /** What all players together received while they all were there. */
  public record Window(
      double seconds, long packets, long bytes, double packetsPerSecond, double bitsPerSecond) {}

  /**
   * What the generator itself took.
   *
   * @param cpuSeconds of the whole process in the window
   * @param coreShare the same as a part of one core
   * @param coreSharePerPlayer the same for each player
   * @param droppedBySockets datagrams that the kernel had no room for: of a busy generator, not of
   *     the server; -1 where that is not known
   */
  public record Generator(
      double cpuSeconds, double coreShare, double coreSharePerPlayer, long droppedBySockets) {}

  /** Whether every publisher and player was served as long as it should. */
  public boolean isGood() {
    for (Map<String, Long> side : List.of(publishers, players)) {
      if (side.getOrDefault(Figure.FAILED.key(), 0L) > 0
          || side.getOrDefault(Figure.UNSERVED.key(), 0L) > 0) {
        return false;
      }
    }
    return true;
  }
}
