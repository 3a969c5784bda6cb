package io.github.jvbwhip.standalone;

import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;

/** What a person who started the product wants to know. */
final class Banner {
  /** Who may publish, and who may watch, in words. */
  record Access(String whip, String whep) {
    static Access of(WhipConfig whip, WhepConfig whep) {
      return new Access(whip.http().access(), whep.http().access());
    }
  }

  private Banner() {}

  static String text(String bridge, int httpPort, Access access) {
    String base = "http://localhost:" + httpPort + "/";
    return String.join(
        System.lineSeparator(),
        "Bridge:  " + bridge,
        "Pages:   " + base,
        "Publish: " + base + "whip/ROOM/STREAM (WHIP), or in a browser " + base + "publish",
        "Watch:   " + base + "whep/ROOM/STREAM (WHEP), or in a browser " + base + "watch",
        "Access:  WHIP " + access.whip() + ", WHEP " + access.whep(),
        "Ctrl-C ends it.");
  }
}
