package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayBridge;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RoomSide;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bridges that are not configured to be linked. */
@RequiresJvb
class UnlinkedJvbTest {
  @ParameterizedTest
  @CsvSource({
    "relay.enabled = false, videobridge.relay.enabled",
    "'relay { enabled = true, relay-id = a }, sctp.enabled = false, websockets.enabled = false',"
        + " videobridge.websockets.enabled"
  })
  void says_what_has_to_be_configured_and_leaves_no_conference(String videobridge, String missing)
      throws Exception {
    try (LoadedBridge loaded = new LoadedBridge(videobridge);
        Bridge bridge = (Bridge) loaded.call("createBridge")) {
      RelayListener nobody =
          new RelayListener() {
            @Override
            public void changed(RoomSide ours) {}

            @Override
            public void ended(String detail) {}
          };

      assertThatThrownBy(
              () ->
                  ((RelayBridge) bridge)
                      .begin(new RoomName("demo"), "link", nobody)
                      .get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              BridgeException.class,
              e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.REFUSED))
          .hasMessageContaining(missing);
      assertThat(loaded.call("conferences")).isEqualTo(0);
      assertThat(((RelayBridge) bridge).uses()).isEmpty();
    }
  }
}
