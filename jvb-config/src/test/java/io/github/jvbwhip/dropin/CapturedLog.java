package io.github.jvbwhip.dropin;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What is logged in this process: by the product and its XMPP client all that there is, by others
 * what everybody logs. Closing ends it.
 */
final class CapturedLog extends Handler implements AutoCloseable {
  private static final List<Logger> TALKATIVE =
      List.of(Logger.getLogger("io.github.jvbwhip"), Logger.getLogger("org.jivesoftware"));

  private final Logger root = Logger.getLogger("");
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final StringWriter text = new StringWriter();
  private final PrintWriter writer = new PrintWriter(text);

  CapturedLog() {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.ALL));
    root.addHandler(this);
  }

  String text() {
    return text.toString();
  }

  @Override
  public void publish(LogRecord record) {
    writer.print(formatter.format(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    TALKATIVE.forEach(logger -> logger.setLevel(null));
  }
}
