package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.List;
import java.util.OptionalLong;

/**
 * One source of an endpoint as the bridge sees it: one encoding, or several that the bridge itself
 * projects onto one stream (a SIM group).
 *
 * @param name the source's name, unique in the conference
 * @param encodings at least one, the lowest quality first
 */
public record SourcePlan(MediaKind kind, String name, List<Encoding> encodings) {
  public SourcePlan {
    encodings = List.copyOf(encodings);
    if (encodings.isEmpty()) {
      throw new IllegalArgumentException("an encoding is needed");
    }
  }

  /** The name of an endpoint's source, as Jitsi Meet's clients name theirs. */
  public static String name(String endpointId, MediaKind kind, int number) {
    return endpointId + (kind == MediaKind.AUDIO ? "-a" : "-v") + number;
  }

  /**
   * One encoding.
   *
   * @param rtxSsrc the SSRC of its retransmissions, where there is one
   */
  public record Encoding(long ssrc, OptionalLong rtxSsrc) {}
}
