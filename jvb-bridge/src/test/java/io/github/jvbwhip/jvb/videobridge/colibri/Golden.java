package io.github.jvbwhip.jvb.videobridge.colibri;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Golden stanzas, one element a line. */
final class Golden {
  private Golden() {}

  static String lines(String xml) {
    return xml.replace("><", ">\n<") + "\n";
  }

  static String read(String name) {
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      return in == null
          ? "(no such golden file: " + name + ")"
          : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
