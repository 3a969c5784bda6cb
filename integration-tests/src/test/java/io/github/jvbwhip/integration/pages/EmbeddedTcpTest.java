package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chromium where no UDP gets through, and the TCP port of the embedded bridge. */
@Requires(Tool.CHROMIUM)
@Timeout(120)
class EmbeddedTcpTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PUBLISH =
      "publish?autostart=1&source=pattern&room=room&stream=main&height=360";
  private static final String WATCH = "watch?room=room&stream=main";

  /** Neither side hears of the other's UDP candidates. */
  private static final String NO_UDP =
      """
      (() => {
        const without = (sdp) => sdp.replace(/^a=candidate:\\S+ \\d+ udp .*\\r\\n/gim, '');
        const set = RTCPeerConnection.prototype.setRemoteDescription;
        RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
          return set.call(this, { type, sdp: without(sdp) });
        };
        const ask = window.fetch;
        window.fetch = (url, options) =>
          ask(url, options?.body ? { ...options, body: without(options.body) } : options);
      })();
      """;

  private static EmbeddedServer start() {
    return EmbeddedServer.start(Map.of("standalone.tcp-port", 0));
  }

  private static void assertThatBothUse(String protocol, String... scripts) {
    try (EmbeddedServer server = start();
        ChromiumBrowser browser = ChromiumBrowser.launch();
        ElementTab publisher = ElementTab.open(browser, server.uri().resolve(PUBLISH), scripts);
        ElementTab watcher = ElementTab.open(browser, server.uri().resolve(WATCH), scripts)) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
      for (ElementTab each : List.of(publisher, watcher)) {
        each.await("await pathProtocol() === '" + protocol + "'", SOON);
      }
    }
  }

  @Test
  void where_no_udp_gets_through_the_pages_publish_and_watch_over_tcp() {
    assertThatBothUse("tcp", NO_UDP);
  }

  @Test
  void where_udp_works_it_is_used() {
    assertThatBothUse("udp");
  }
}
