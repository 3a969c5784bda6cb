package io.github.jvbwhip.whip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Offers and fragments as clients and the standard have them. */
final class Samples {
  /** What was captured from clients that publish. */
  static final List<String> OFFERS =
      List.of(
          "obs",
          "obs-simulcast",
          "ffmpeg",
          "gstreamer-simple-whip-client",
          "chromium-whip",
          "chromium-whip-simulcast",
          "rfc9725-example");

  private Samples() {}

  /** The bytes that a client sent, as text. */
  static String offer(String name) {
    return read("/offers/" + name + ".sdp");
  }

  /** The names of the offers that browsers would take, and the RFCs would not. */
  static List<String> oddOffers() {
    return odd(".sdp");
  }

  /** The same of fragments. */
  static List<String> oddFragments() {
    return odd(".sdpfrag");
  }

  private static List<String> odd(String ending) {
    try (Stream<Path> files = Files.list(Path.of("../core/src/test/resources/odd"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them, by its name. */
  static String oddBody(String name) {
    return read("/odd/" + name);
  }

  /** RFC 9725's own offer. */
  static String rfcOffer() {
    return offer("rfc9725-example");
  }

  /** A body from RFC 9725. */
  static String example(String name) {
    return read("/examples/" + name);
  }

  /** A fragment with those credentials, and one candidate. */
  static String fragment(String ufrag, String pwd) {
    return String.join(
        "\r\n",
        "a=group:BUNDLE 0 1",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "a=mid:0",
        "a=ice-ufrag:" + ufrag,
        "a=ice-pwd:" + pwd,
        "a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host",
        "");
  }

  private static String read(String path) {
    try (InputStream in = Samples.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
