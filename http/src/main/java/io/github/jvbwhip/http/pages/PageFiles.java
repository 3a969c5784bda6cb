package io.github.jvbwhip.http.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The files of the pages on the class path, in a folder or in a jar. Thread-safe. */
final class PageFiles {
  /** Lies beside the folders. */
  private static final String ANCHOR = "layout.html";

  private final URL anchor;

  /** Those of this package. */
  PageFiles() {
    this(url(ANCHOR));
  }

  /**
   * @param anchor the URL of {@value #ANCHOR}, below {@code file:} or {@code jar:}
   */
  PageFiles(URL anchor) {
    this.anchor = anchor;
  }

  private static URL url(String name) {
    URL url = PageFiles.class.getResource(name);
    if (url == null) {
      throw new IllegalStateException("the class path lacks " + name);
    }
    return url;
  }

  /**
   * One file.
   *
   * @param name relative to this package, or from the root of the class path with a slash
   */
  static byte[] bytes(String name) {
    try (InputStream in = url(name).openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One file's text. */
  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /**
   * All files of a folder and of those in it, by their paths in it. A class path cannot be asked
   * for that, but what it consists of.
   */
  Map<String, byte[]> folder(String name) {
    try {
      Map<String, byte[]> files = anchor.getProtocol().equals("jar") ? inJar(name) : inFolder(name);
      if (files.isEmpty()) {
        throw new IllegalStateException("the class path lacks " + name);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, byte[]> inJar(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    JarURLConnection connection = (JarURLConnection) anchor.openConnection();
    // A cached one may be somebody else's too, and would be closed for all.
    connection.setUseCaches(false);
    String beside = connection.getEntryName();
    String prefix = beside.substring(0, beside.length() - ANCHOR.length()) + name + "/";
    try (JarFile jar = connection.getJarFile()) {
      for (ZipEntry entry : jar.stream().map(ZipEntry.class::cast).toList()) {
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            files.put(entry.getName().substring(prefix.length()), in.readAllBytes());
          }
        }
      }
    }
    return files;
  }

  private Map<String, byte[]> inFolder(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      Path folder = Path.of(anchor.toURI()).resolveSibling(name);
      try (Stream<Path> walk = Files.walk(folder)) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          String path =
              folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
          files.put(path, Files.readAllBytes(file));
        }
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    return files;
  }
}
