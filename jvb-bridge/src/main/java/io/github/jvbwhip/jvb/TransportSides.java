package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bridge's and the client's side of an endpoint's transport, as far as they are known. Read by
 * any thread, changed by one at a time.
 */
final class TransportSides {
  private volatile LocalTransport local;
  private volatile @Nullable RemoteTransport remote;

  TransportSides(BridgeTransport bridge, @Nullable RemoteTransport remote) {
    this.local =
        new LocalTransport(
            bridge.credentials(),
            bridge.candidates(),
            bridge.fingerprints(),
            Optional.ofNullable(remote).map(TransportSides::role));
    this.remote = remote;
  }

  /** The bridge's, once the client's is known. */
  private static DtlsRole role(RemoteTransport remote) {
    return remote.role().opposite();
  }

  LocalTransport local() {
    return local;
  }

  boolean hasRemote() {
    return remote != null;
  }

  /** The client's side with these instead, once it is known. */
  Optional<RemoteTransport> remote(IceCredentials credentials, List<IceCandidate> candidates) {
    return Optional.ofNullable(remote)
        .map(r -> new RemoteTransport(credentials, candidates, r.fingerprints(), r.role()));
  }

  /** The client's side has become known. */
  void answered(RemoteTransport answer) {
    remote = answer;
    LocalTransport now = local;
    local =
        new LocalTransport(
            now.credentials(), now.candidates(), now.fingerprints(), Optional.of(role(answer)));
  }

  /** ICE was restarted. */
  LocalTransport restarted(RemoteTransport update, BridgeTransport fresh) {
    remote = update;
    LocalTransport before = local;
    LocalTransport after =
        new LocalTransport(
            fresh.credentials(), fresh.candidates(), before.fingerprints(), before.role());
    local = after;
    return after;
  }
}
