package io.github.jvbwhip.load.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has found; as JSON it is the report's file.
 *
 * @param seconds of the whole run, up to the last DELETE
 * @param window the time in which all players were there
 * @param times post: the POST until its answer; connected, firstRtp, firstKeyframe: from the same
 *     POST on; delay: from a packet's sending to its receipt, in the window; longestGap: of each
 *     player, between two packets in the window
 * @param server null where its processes were not named
 */
public record LoadReport(
    double seconds,
    Window window,
    Map<String, Long> publishers,
    Map<String, Long> players,
    Map<String, Distribution> times,
    List<String> srtpProfiles,
    List<Errors.Counted> errors,
    Generator generator,
    @Nullable Server server) {

  /** What all players together received while they all were there. */
  public record Window(
      double seconds, long packets, long bytes, double packetsPerSecond, double bitsPerSecond) {}

  /**
   * What the generator itself took.
   *
   * @param cpuSeconds of the whole process in the window
   * @param coreShare the same as a part of one core
   * @param coreSharePerPlayer the same for each player
   * @param lateness how late its event loops were, which is a part of all delays
   * @param droppedBySockets datagrams that the kernel had no room for: of a busy generator, not of
   *     the server; -1 where that is not known
   */
  public record Generator(
      double cpuSeconds,
      double coreShare,
      double coreSharePerPlayer,
      Distribution lateness,
      long droppedBySockets) {}

  /**
   * What the server's processes took in the window, by the kernel's accounting.
   *
   * @param cpuMicrosPerPacket for each packet that players received
   * @param residentBytes at the window's end
   */
  public record Server(
      double cpuSeconds, double coreShare, double cpuMicrosPerPacket, long residentBytes) {}

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
