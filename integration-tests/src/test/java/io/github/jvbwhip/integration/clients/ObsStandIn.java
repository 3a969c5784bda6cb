package io.github.jvbwhip.integration.clients;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OBS Studio's WebRTC library with OBS's offer and habits ({@code src/test/js/obs.js}). */
public final class ObsStandIn implements AutoCloseable {
  private static final int FRAMES_PER_SECOND = 25;
  private static final int CLIP_SECONDS = 4;

  private final ClientProcess process;

  private ObsStandIn(ClientProcess process) {
    this.process = process;
  }

  static Optional<String> missing() {
    if (Commands.find("ffmpeg").isEmpty()) {
      return Optional.of("ffmpeg is not in the path");
    }
    return NpmPackages.missing();
  }

  /**
   * Publishes a test pattern and a tone.
   *
   * @param sizes "1280x720" and the like, one for each layer, the largest first as OBS does it
   */
  public static ObsStandIn publish(URI endpoint, String... sizes) {
    return publish(endpoint, Map.of(), sizes);
  }

  /** The same with a Bearer token. */
  public static ObsStandIn publishWithToken(URI endpoint, String token, String... sizes) {
    return publish(endpoint, Map.of("TOKEN", token), sizes);
  }

  private static ObsStandIn publish(
      URI endpoint, Map<String, String> environment, String... sizes) {
    List<String> command = new ArrayList<>();
    command.add(Commands.find("node").orElseThrow().toString());
    command.add(NpmPackages.FOLDER.resolve("obs.js").toString());
    command.add(endpoint.toString());
    command.add(String.valueOf(FRAMES_PER_SECOND));
    command.add(tone().toString());
    for (String size : sizes) {
      command.add(clip(size).toString());
    }
    return new ObsStandIn(ClientProcess.start("obs", command, environment));
  }

  /** A file of some seconds of H264, with a keyframe each second. */
  private static synchronized Path clip(String size) {
    Path clip = Commands.WORK.resolve("pattern-" + size + ".h264");
    if (!Files.exists(clip)) {
      String[] sides = size.split("x", 2);
      int bitrate = Integer.parseInt(sides[0]) * Integer.parseInt(sides[1]); // 1 b per pixel and s
      String command =
          "ffmpeg -nostdin -y -loglevel error -f lavfi -i testsrc2=size=%s:rate=%d -t %d"
              + " -c:v libx264 -preset ultrafast -profile:v baseline -pix_fmt yuv420p -bf 0"
              + " -b:v %d -maxrate %d -bufsize %d -x264-params annexb=1:slices=1 -g %d"
              + " -f h264 %s";
      run(
          command.formatted(
              size,
              FRAMES_PER_SECOND,
              CLIP_SECONDS,
              bitrate,
              bitrate,
              bitrate / 2,
              FRAMES_PER_SECOND,
              clip));
    }
    return clip;
  }

  /** A file of some seconds of Opus. */
  private static synchronized Path tone() {
    Path tone = Commands.WORK.resolve("tone.opus");
    if (!Files.exists(tone)) {
      String command =
          "ffmpeg -nostdin -y -loglevel error -f lavfi -i sine=frequency=440:sample_rate=48000 -t %d"
              + " -ac 2 -c:a libopus -frame_duration 20 %s";
      run(command.formatted(CLIP_SECONDS, tone));
    }
    return tone;
  }

  private static void run(String command) {
    Commands.run(Commands.WORK, command.split(" "))
        .ifPresent(
            error -> {
              throw new AssertionError(error);
            });
  }

  /** Waits until ICE and DTLS are through. */
  public void awaitConnected(Duration timeout) {
    process.await("state", timeout, "connected"::equals);
  }

  /** Waits until it has sent this many frames of each layer. */
  public void awaitFrames(int count, Duration timeout) {
    process.await("frames", timeout, value -> Integer.parseInt(value) >= count);
  }

  /** The status of the DELETE that {@link #close} led to; 0 when there was none. */
  public int deleteStatus() {
    return process.number("deleted");
  }

  /** Goes away without a word, as OBS does when it crashes. */
  public void kill() {
    process.kill();
  }

  /** Stops as OBS does: DTLS first, then the DELETE. */
  @Override
  public void close() {
    process.close();
  }
}
