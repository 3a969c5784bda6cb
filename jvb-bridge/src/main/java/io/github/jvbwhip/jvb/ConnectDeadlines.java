package io.github.jvbwhip.jvb;

import io.github.jvbwhip.jvb.host.HostEndpoint;
import java.util.OptionalLong;

/** How long a client may take to connect. Confined to the room's line of decisions. */
final class ConnectDeadlines {
  /** From when the client's side is known; the bridge itself would wait for two minutes. */
  private static final long ICE_NANOS = 40_000_000_000L;

  /** From when ICE is up. */
  private static final long DTLS_NANOS = 20_000_000_000L;

  private OptionalLong checkingSince = OptionalLong.empty();
  private OptionalLong iceUpSince = OptionalLong.empty();

  /**
   * Whether no candidate pair works, although there was time enough.
   *
   * @param answered whether the client's side is known: until then it has nothing to do
   */
  boolean isIceTooLate(HostEndpoint.Transport transport, boolean answered, long nowNanos) {
    if (transport != HostEndpoint.Transport.CHECKING || !answered) {
      return false;
    }
    checkingSince = since(checkingSince, nowNanos);
    return nowNanos - checkingSince.getAsLong() > ICE_NANOS;
  }

  /** Whether ICE is up, and DTLS is not, although there was time enough. */
  boolean isDtlsTooLate(HostEndpoint.Transport transport, long nowNanos) {
    if (transport != HostEndpoint.Transport.ICE_CONNECTED) {
      return false;
    }
    iceUpSince = since(iceUpSince, nowNanos);
    return nowNanos - iceUpSince.getAsLong() > DTLS_NANOS;
  }

  private static OptionalLong since(OptionalLong before, long nowNanos) {
    return before.isPresent() ? before : OptionalLong.of(nowNanos);
  }
}
