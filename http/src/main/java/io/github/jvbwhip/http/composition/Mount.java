package io.github.jvbwhip.http.composition;

import jakarta.servlet.http.HttpServlet;
import java.util.List;

/**
 * A servlet and where it is to be mounted, with asynchronous support.
 *
 * @param mappings such as {@code /whip/*}
 */
public record Mount(HttpServlet servlet, List<String> mappings) {
  public Mount {
    mappings = List.copyOf(mappings);
  }

  /** A servlet at one place. */
  public static Mount at(String mapping, HttpServlet servlet) {
    return new Mount(servlet, List.of(mapping));
  }
}
