package io.github.jvbwhip.load.client;

import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.load.report.Errors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What all sessions share.
 *
 * @param profiles of SRTP, best first
 * @param threads a few that may block, for DTLS handshakes
 * @param connectTimeout from the answer to the first packet that can be sent
 */
public record SessionResources(
    Signalling signalling,
    DtlsIdentity identity,
    List<SrtpProfile> profiles,
    Executor threads,
    Duration connectTimeout,
    Errors errors) {
  public SessionResources {
    profiles = List.copyOf(profiles);
  }
}
