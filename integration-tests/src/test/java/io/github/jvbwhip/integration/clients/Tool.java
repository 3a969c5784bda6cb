package io.github.jvbwhip.integration.clients;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** What a machine may lack, each with a check that says in one line why it cannot be used. */
public enum Tool {
  /** axe-core from npm, in Chromium. */
  AXE(Axe::missing),
  /** Chromium, driven by Playwright, which runs on Node.js. */
  CHROMIUM(ChromiumBrowser::missing),
  /** Client libraries of others from npm, in Chromium. */
  CLIENT_LIBRARIES(LibraryPage::missing),
  /** FFmpeg with its WHIP muxer. */
  FFMPEG(FfmpegPublisher::missing),
  /** Firefox. */
  FIREFOX(FirefoxBrowser::missing),
  /** GStreamer with webrtcbin, used from Python. */
  GSTREAMER(GStreamer::missing),
  /** nginx. */
  NGINX(NginxProxy::missing),
  /** node-datachannel, and FFmpeg that makes the H264 which it sends. */
  OBS_STAND_IN(ObsStandIn::missing),
  /** coturn, a TURN server. */
  TURN(TurnServer::missing),
  /** libwebrtc in the JVM. */
  WEBRTC_JAVA(WebRtcJava::missing);

  private static final ConcurrentMap<Tool, Optional<String>> CHECKED = new ConcurrentHashMap<>();

  private final Supplier<Optional<String>> check;

  Tool(Supplier<Optional<String>> check) {
    this.check = check;
  }

  /** Why the tool cannot be used here; empty when it can. Checked once per JVM. */
  public Optional<String> missing() {
    return CHECKED.computeIfAbsent(this, tool -> tool.check.get());
  }
}
