package io.github.jvbwhip.operator.endpoints;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Says in words what is wrong with a file. Stateless. */
final class EndpointFileFaults {
  private EndpointFileFaults() {}

  /** Java's messages of files are often a path alone. */
  static String words(IOException fault) {
    String message = String.valueOf(fault.getMessage());
    return fault instanceof FileSystemException system && system.getReason() == null
        ? message + " (" + fault.getClass().getSimpleName().replace("Exception", "") + ")"
        : message;
  }
}
