package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.jvbwhip.integration.clients.GStreamerPublisher;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * From the navigation to the first frame of a stream that is on the air, each time in a browser
 * that has seen nothing before. Beside it a page that has a connection and a {@code <video>}, and
 * nothing else: what this machine, with all that it does, takes anyway.
 */
@Requires({Tool.CHROMIUM, Tool.GSTREAMER})
class FirstFrameTest extends PageTest {
  private static final int VISITS = Integer.getInteger("first-frame.visits", 5);

  /** How many times the bare page's time the player may take. */
  private static final double MOST = 5;

  /** What a visit waits for: the time at which the first frame is there, in milliseconds. */
  private static final String FIRST_FRAME =
      """
      window.firstFrame = new Promise((resolve) => {
        const timer = setInterval(() => {
          const video = document.querySelector('video') ?? document.querySelector('whep-player')?.video;
          if (video) {
            clearInterval(timer);
            video.requestVideoFrameCallback(() => resolve(performance.now()));
          }
        }, 5);
      });
      """;

  private static final String BARE =
      """
      <!doctype html>
      <html lang="en">
      <title>Bare</title>
      <video autoplay muted></video>
      <script type="module">
        const connection = new RTCPeerConnection();
        const stream = new MediaStream();
        document.querySelector('video').srcObject = stream;
        connection.addEventListener('track', ({ track }) => stream.addTrack(track));
        connection.addTransceiver('video', { direction: 'recvonly' });
        connection.addTransceiver('audio', { direction: 'recvonly' });
        await connection.setLocalDescription();
        const response = await fetch('%s', {
          method: 'POST',
          headers: { 'Content-Type': 'application/sdp' },
          body: connection.localDescription.sdp,
        });
        await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
      </script>
      """;

  @Test
  void the_page_takes_little_more_than_a_bare_player() {
    URI watched = server().resolve("whep/" + room + "/main");
    try (GStreamerPublisher publisher =
            GStreamerPublisher.publish(server().resolve("whip/" + room + "/main"), "vp8");
        TestSite bare = new TestSite(BARE.formatted(watched))) {
      publisher.awaitFrames(50, SOON);
      URI page = server().resolve("watch?stream=main&room=" + room);
      List<Double> bareTimes = new ArrayList<>();
      List<Double> pageTimes = new ArrayList<>();
      visit(bare.uri());
      visit(page);
      for (int i = 0; i < VISITS; i++) {
        bareTimes.add(visit(bare.uri()));
        pageTimes.add(visit(page));
      }
      String times = "%.0f ms, a bare page %.0f ms".formatted(median(pageTimes), median(bareTimes));
      System.out.println("Navigation to the first frame: " + times);
      assertThat(median(pageTimes)).as(times).isLessThan(MOST * median(bareTimes));
    }
  }

  private static double visit(URI page) {
    try (BrowserContext context = BROWSING.browser().context(new Browser.NewContextOptions())) {
      context.addInitScript(FIRST_FRAME);
      Page tab = BROWSING.browser().openIn(context, page);
      return ((Number) tab.evaluate("() => window.firstFrame")).doubleValue();
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
