package io.github.jvbwhip.http.sessions;

import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Lines as {@link SimpleFormatter} has them, but the session log's JSON objects, which are lines by
 * themselves: programs read them. For files of {@code java.util.logging}. Thread-safe.
 */
public final class LogLineFormatter extends SimpleFormatter {
  private static final String SESSIONS = SessionLog.class.getName();

  @Override
  public String format(LogRecord line) {
    String message = line.getMessage();
    return SESSIONS.equals(line.getLoggerName()) && message != null && message.startsWith("{")
        ? message + System.lineSeparator()
        : super.format(line);
  }
}
