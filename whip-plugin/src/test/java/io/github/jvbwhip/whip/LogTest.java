package io.github.jvbwhip.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** The log names sessions by their public id, and never has what opens a door. */
class LogTest {
  private static final class Recorder extends Handler {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord record) {
      lines.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Once for a session, in few words. */
  @Test
  void has_what_was_left_out_of_an_offer() throws Exception {
    Logger logger = Logger.getLogger("io.github.jvbwhip");
    Recorder recorder = new Recorder();
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addHandler(recorder);
    try (WhipServer whip = new WhipServer("")) {
      String odd = "a=mid:0 a=ice-pwd:hush\r\n" + "a=extmap:0 urn:x\r\n".repeat(500);
      whip.publish("/whip/room", Samples.rfcOffer() + odd);
      String id = whip.plugin().sessions().sessions().get(0).id().value();
      assertThat(recorder.lines)
          .filteredOn(line -> line.contains("left out"))
          .singleElement()
          .asString()
          .contains(id, "a=extmap:0 urn:x", "and 496 more")
          .doesNotContain("hush")
          .hasSizeLessThan(1000);
    } finally {
      logger.removeHandler(recorder);
      logger.setLevel(before);
    }
  }

  @Test
  void has_no_secret_no_token_and_no_session_url() throws Exception {
    Logger logger = Logger.getLogger("io.github.jvbwhip");
    Recorder recorder = new Recorder();
    Level before = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.addHandler(recorder);
    try (WhipServer whip = new WhipServer("auth.tokens = [ \"swordfish\" ]")) {
      Published session =
          whip.publish(
              "/whip/room?t=hush", Samples.rfcOffer(), "Authorization", "Bearer swordfish");
      String id = whip.plugin().sessions().sessions().get(0).id().value();
      String pwd = whip.ingest().localTransport().credentials().pwd();
      whip.patch(session.location(), Samples.fragment("EsAw", "bP+XJMM09aR8AiX1jdukzR6Y"));
      whip.bridge().failNextRestart(new BridgeException(BridgeException.Reason.INTERNAL, "no"));
      whip.patch(session.location(), Samples.fragment("next", "bP+XJMM09aR8AiX1jdukzR6Z"));
      whip.delete(session.location());
      whip.post("/whip/room", "garbage", "Authorization", "Bearer swordfish2");

      String secret = session.location().substring(session.location().lastIndexOf('/') + 1);
      String log = String.join("", recorder.lines);
      assertThat(log)
          .contains(id)
          .contains("The bridge failed")
          .doesNotContain(secret)
          .doesNotContain("swordfish")
          .doesNotContain("hush")
          .doesNotContain("bP+XJMM09aR8AiX1jdukzR6")
          .doesNotContain(pwd);
    } finally {
      logger.removeHandler(recorder);
      logger.setLevel(before);
    }
  }
}
