package io.github.jvbwhip.standalone;

/** What a person who started the product wants to know. */
final class Banner {
  private Banner() {}

  static String text(String bridge, int httpPort) {
    String base = "http://localhost:" + httpPort + "/";
    return String.join(
        System.lineSeparator(),
        "Bridge:  " + bridge,
        "Pages:   " + base,
        "Publish: " + base + "whip/ROOM/STREAM (WHIP), or in a browser " + base + "publish",
        "Watch:   " + base + "whep/ROOM/STREAM (WHEP), or in a browser " + base + "watch",
        "Ctrl-C ends it.");
  }
}
