package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link JoiningContract} on the embedded bridge. */
class EmbeddedJoiningTest extends JoiningContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  /**
   * Chromium answers requests for keyframes that it has not offered to take, and a Jitsi
   * Videobridge makes them, so that there is no such publisher of VP8 there.
   */
  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_shows_vp8_before_the_next_keyframe(TestReporter reporter) {
    URI room = server().whip("joining-vp8", "main");
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient early = play(browser, server().whep("joining-vp8", "main"));
        ChromiumClient publisher = publish(browser, room, 1, 0)) {
      IntSupplier frames = () -> (int) publisher.stat("outbound-rtp", "video", "framesEncoded");
      IntSupplier keyframes =
          () -> (int) publisher.stat("outbound-rtp", "video", "keyFramesEncoded");
      early.awaitFrames(1, SOON);
      publisher.makeKeyframe();
      int atKeyframe = frames.getAsInt();
      early.awaitFrames(atKeyframe + FRAMES_BEFORE, SOON);
      int before = keyframes.getAsInt();
      ChromiumClient late = play(browser, server().whep("joining-vp8", "main"));
      try (late) {
        reporter.publishEntry("first picture", "" + late.awaitFirstPicture(AT_ONCE));
        assertThat(keyframes.getAsInt()).as("keyframes").isEqualTo(before);
        assertNewest(late, frames.getAsInt() - atKeyframe);
        assertPlaysAs(early, late, reporter);
      }
    }
  }
}
