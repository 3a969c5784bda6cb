package io.github.jvbwhip.integration.clients;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * FFmpeg's WHIP muxer with a test pattern, 640 x 360 at 25 frames, and a tone. The program is that
 * of JavaCPP's packages: FFmpeg as others build it, from Maven Central.
 */
public final class FfmpegPublisher implements AutoCloseable {
  private static final String FOLDER_IN_JAR = "/org/bytedeco/ffmpeg/linux-x86_64";
  private static final Path FOLDER = Commands.WORK.resolve("ffmpeg");
  private static final Path PROGRAM = FOLDER.resolve("ffmpeg");
  private static final Map<String, String> LIBRARIES = Map.of("LD_LIBRARY_PATH", FOLDER.toString());

  private static final String ARGUMENTS =
      "-hide_banner -loglevel verbose -nostats -progress pipe:1 -stats_period 0.2"
          + " -re -f lavfi -i testsrc2=size=640x360:rate=25"
          + " -re -f lavfi -i sine=frequency=440"
          + " -c:v libopenh264 -b:v 600k -pix_fmt yuv420p -g %d"
          + " -c:a libopus -ar 48000 -ac 2 -f whip";

  private final ClientProcess process;

  private FfmpegPublisher(ClientProcess process) {
    this.process = process;
  }

  /** Unpacks the program; why it cannot be used here, or empty. */
  static Optional<String> missing() {
    URL program = FfmpegPublisher.class.getResource(FOLDER_IN_JAR + "/ffmpeg");
    if (program == null) {
      return Optional.of("the package org.bytedeco:ffmpeg for linux-x86_64 is not there");
    }
    try {
      unpack(program);
    } catch (IOException | URISyntaxException e) {
      return Optional.of("FFmpeg cannot be unpacked: " + e);
    }
    return Commands.run(
        FOLDER,
        "env",
        "LD_LIBRARY_PATH=" + FOLDER,
        PROGRAM.toString(),
        "-hide_banner",
        "-h",
        "muxer=whip");
  }

  private static void unpack(URL program) throws IOException, URISyntaxException {
    Files.createDirectories(FOLDER);
    try (FileSystem jar = FileSystems.newFileSystem(program.toURI(), Map.of());
        Stream<Path> files = Files.list(jar.getPath(FOLDER_IN_JAR))) {
      // Of the libraries, those without "jni" are FFmpeg's own.
      for (Path file : files.filter(f -> !f.getFileName().toString().contains("jni")).toList()) {
        Path target = FOLDER.resolve(file.getFileName().toString());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!PROGRAM.toFile().setExecutable(true)) {
      throw new IOException(PROGRAM + " cannot be made executable");
    }
  }

  /** Publishes, with a keyframe each second. */
  public static FfmpegPublisher publish(URI endpoint) {
    return publish(endpoint, 25);
  }

  /**
   * Publishes.
   *
   * @param keyframeInterval in frames, 25 a second
   */
  public static FfmpegPublisher publish(URI endpoint, int keyframeInterval) {
    List<String> command =
        Stream.of(
                Stream.of(PROGRAM.toString()),
                Stream.of(ARGUMENTS.formatted(keyframeInterval).split(" ")),
                Stream.of(endpoint.toString()))
            .flatMap(part -> part)
            .toList();
    return new FfmpegPublisher(ClientProcess.start("ffmpeg", command, LIBRARIES));
  }

  /** Waits until it has sent this many frames, which it does when ICE and DTLS are through. */
  public void awaitFrames(int count, Duration timeout) {
    process.await("frame", timeout, value -> Integer.parseInt(value) >= count);
  }

  /** How many frames it has sent, a fifth of a second ago. */
  public int frames() {
    return process.number("frame");
  }

  /** Whether {@link #close} led to a DELETE that was answered well. */
  public boolean isDeleted() {
    return process.log().contains("Dispose resource");
  }

  /** DELETEs the session and ends. */
  @Override
  public void close() {
    process.close();
  }
}
