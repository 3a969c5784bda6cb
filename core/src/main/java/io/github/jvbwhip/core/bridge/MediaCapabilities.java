package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Set;

/**
 * What a bridge can take and forward.
 *
 * @param audioCodecs encoding names, best first
 * @param videoCodecs encoding names, best first
 * @param rtx whether retransmissions go in streams of their own (RFC 4588)
 * @param ingestFeedback the feedback that the bridge sends to publishers
 * @param egressFeedback the feedback that the bridge understands from players
 * @param ingestExtensions the header extensions that it reads from publishers
 * @param egressExtensions the header extensions that it writes or forwards to players
 * @param simulcast whether several encodings of one source are taken
 */
public record MediaCapabilities(
    List<String> audioCodecs,
    List<String> videoCodecs,
    boolean rtx,
    Set<Feedback> ingestFeedback,
    Set<Feedback> egressFeedback,
    Set<HeaderExtensionType> ingestExtensions,
    Set<HeaderExtensionType> egressExtensions,
    boolean simulcast) {
  public MediaCapabilities {
    audioCodecs = List.copyOf(audioCodecs);
    videoCodecs = List.copyOf(videoCodecs);
    ingestFeedback = Set.copyOf(ingestFeedback);
    egressFeedback = Set.copyOf(egressFeedback);
    ingestExtensions = Set.copyOf(ingestExtensions);
    egressExtensions = Set.copyOf(egressExtensions);
  }
}
