package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpKeys;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DtlsSessionTest {
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final List<String> heard = new ArrayList<>();

  @Test
  void an_error_inside_a_handshake_fails_it() {
    DtlsSession session =
        new DtlsSession(
            identity,
            DtlsRole.ACTIVE,
            List.of(SrtpProfile.values()),
            List.of(identity.fingerprint()),
            Duration.ofSeconds(1),
            (buffer, offset, length) -> {
              throw new NoClassDefFoundError("test");
            },
            new HandshakeThreads(Runnable::run, 1),
            Runnable::run,
            new Listener());

    session.pathFound(new ClientNetwork("192.0.2.1"));

    assertThat(heard).containsExactly("failed: java.lang.NoClassDefFoundError: test");
  }

  private final class Listener implements DtlsSession.Listener {
    @Override
    public void onKeys(SrtpKeys keys) {
      heard.add("keys");
    }

    @Override
    public void onFailed(String detail) {
      heard.add("failed: " + detail);
    }

    @Override
    public void onClosedByPeer() {
      heard.add("closed");
    }
  }
}
