package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.List;

/** Clients that exist on paper only. */
final class TestRemotes {
  private TestRemotes() {}

  static RemoteTransport stranger(List<IceCandidate> candidates) {
    return new RemoteTransport(
        new IceCredentials("abcd", "abcdefghijklmnopqrstuv"),
        candidates,
        List.of(new Fingerprint("sha-256", "00:11")),
        DtlsRole.ACTIVE);
  }
}
