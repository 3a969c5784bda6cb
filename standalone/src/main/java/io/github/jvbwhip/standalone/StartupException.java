package io.github.jvbwhip.standalone;

/** The product cannot start; the message is one line for the person who started it. */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  StartupException(String message) {
    super(message);
  }

  StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
