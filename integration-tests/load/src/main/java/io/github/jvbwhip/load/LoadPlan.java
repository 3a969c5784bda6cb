package io.github.jvbwhip.load;

import io.github.jvbwhip.load.client.PlayerSettings;
import io.github.jvbwhip.load.client.PublisherSettings;
import io.github.jvbwhip.load.report.ServerProcesses;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be done.
 *
 * @param whip the template of the WHIP endpoints; empty when nothing is to be published
 * @param whep the template of the WHEP endpoints; empty when nothing is to be played
 * @param streams in all rooms together
 * @param perSecond how many sessions are begun each second
 * @param maxConnecting how many may be not connected yet at a time
 * @param duration from the moment on when all are connected or have failed
 * @param loss of what players receive, 0 to 1
 * @param loops how many event loops share the clients
 * @param server its processes, where they are known
 */
record LoadPlan(
    Optional<String> whip,
    Optional<String> whep,
    int rooms,
    int streams,
    int players,
    int perSecond,
    int maxConnecting,
    Duration duration,
    Duration connectTimeout,
    Optional<String> token,
    PublisherSettings publisher,
    PlayerSettings player,
    double loss,
    Duration delay,
    long seed,
    int loops,
    ServerProcesses server) {

  /** How many publishers there are. */
  int publishers() {
    return whip.isPresent() ? streams : 0;
  }

  /** The WHIP endpoint of a stream. */
  URI whip(int stream) {
    return fill(whip.orElseThrow(), stream, stream);
  }

  /** The WHEP endpoint of a player: they take the streams in turn. */
  URI whep(int player) {
    return fill(whep.orElseThrow(), player % streams, player);
  }

  /** Streams are spread over the rooms in turn. */
  private URI fill(String template, int stream, int number) {
    return URI.create(
        template
            .replace("{room}", String.valueOf(stream % rooms))
            .replace("{stream}", String.valueOf(stream / rooms))
            .replace("{n}", String.valueOf(number)));
  }
}
