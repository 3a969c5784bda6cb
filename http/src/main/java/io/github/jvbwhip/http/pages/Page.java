package io.github.jvbwhip.http.pages;

import io.github.jvbwhip.core.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What is served at a path, as it is and compressed. Immutable: nobody writes to the arrays.
 *
 * @param policy header fields that every response has
 */
record Page(String contentType, Map<String, String> policy, Body plain, Body gzip) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml",
          // Of d.ts. Browsers show it, where they would save application/typescript unseen; editors
          // and compilers read it from a file, and go by its name.
          "ts", "text/plain;charset=utf-8");

  /**
   * One representation.
   *
   * @param entityTag with its quotes; each representation has its own (RFC 9110 §8.8.3.3)
   */
  record Body(String entityTag, byte[] content) {}

  /**
   * Makes both representations of a text.
   *
   * @param name tells the type by its end
   */
  static Page of(String name, Map<String, String> policy, byte[] content) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("pages have no files such as " + name);
    }
    String digest = digest(content);
    return new Page(
        type,
        policy,
        new Body('"' + digest + '"', content),
        new Body('"' + digest + "-gzip\"", compressed(content)));
  }

  private static byte[] compressed(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new Thorough(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** It is done once. */
  private static final class Thorough extends GZIPOutputStream {
    Thorough(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static String digest(byte[] content) {
    return HexFormat.of().formatHex(Sha256.of(content), 0, 12);
  }
}
