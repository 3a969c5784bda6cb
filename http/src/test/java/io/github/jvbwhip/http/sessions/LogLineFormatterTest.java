package io.github.jvbwhip.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineFormatterTest {
  private static String line(Class<?> logger, String message) {
    LogRecord written = new LogRecord(Level.INFO, message);
    written.setLoggerName(logger.getName());
    return new LogLineFormatter().format(written);
  }

  @Test
  void an_object_of_the_session_log_is_a_line_by_itself() {
    assertThat(line(SessionLog.class, "{\"event\":\"begin\"}"))
        .isEqualTo("{\"event\":\"begin\"}" + System.lineSeparator());
  }

  @Test
  void all_others_have_what_every_line_has() {
    String begun = "Session 1: begun" + System.lineSeparator();
    assertThat(line(SessionLog.class, "Session 1: begun")).endsWith(begun).isNotEqualTo(begun);
    assertThat(line(String.class, "{}")).isNotEqualTo("{}" + System.lineSeparator());
  }
}
