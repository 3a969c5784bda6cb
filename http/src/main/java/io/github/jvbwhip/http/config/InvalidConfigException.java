package io.github.jvbwhip.http.config;

/** A wrong key or value. The message is one line that names the key and what it may be. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidConfigException(String message) {
    super(message);
  }
}
