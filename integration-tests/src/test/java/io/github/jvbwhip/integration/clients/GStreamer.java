package io.github.jvbwhip.integration.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** GStreamer's webrtcbin in a Python process ({@code src/test/python}). */
final class GStreamer {
  private static final List<String> ELEMENTS =
      List.of(
          "webrtcbin",
          "nicesink",
          "dtlssrtpenc",
          "srtpenc",
          "vp8enc",
          "vp8dec",
          "opusenc",
          "x264enc",
          "rtph264pay",
          "avdec_h264",
          "videotestsrc");
  private static final String IMPORTS =
      "import gi; gi.require_version('GstWebRTC', '1.0'); gi.require_version('GstSdp', '1.0'); "
          + "from gi.repository import Gst, GstSdp, GstWebRTC";

  private GStreamer() {}

  static Optional<String> missing() {
    if (Commands.find("gst-inspect-1.0").isEmpty()) {
      return Optional.of("gst-inspect-1.0 is not in the path");
    }
    for (String element : ELEMENTS) {
      if (Commands.run(Path.of("."), "gst-inspect-1.0", element).isPresent()) {
        return Optional.of("GStreamer has no " + element);
      }
    }
    return Commands.run(Path.of("."), python(), "-c", IMPORTS);
  }

  static ClientProcess start(String script, String... arguments) {
    List<String> command = new java.util.ArrayList<>();
    command.add(python());
    command.add("-u");
    command.add(Commands.SCRIPTS.resolve("python").resolve(script).toString());
    command.addAll(List.of(arguments));
    return ClientProcess.start(script.replace(".py", "").replace('_', '-'), command);
  }

  /** The system's Python: the packaged bindings do not belong to any other. */
  private static String python() {
    return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
  }
}
