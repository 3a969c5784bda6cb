package io.github.jvbwhip.core.bridge;

import java.util.EnumSet;
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
 * @param startsDtls whether the bridge takes the active DTLS role where the client leaves the
 *     choice ({@code actpass}); otherwise the client starts
 */
public record MediaCapabilities(
    List<String> audioCodecs,
    List<String> videoCodecs,
    boolean rtx,
    Set<Feedback> ingestFeedback,
    Set<Feedback> egressFeedback,
    Set<HeaderExtensionType> ingestExtensions,
    Set<HeaderExtensionType> egressExtensions,
    boolean simulcast,
    boolean startsDtls) {

  /** A bridge that lets clients start DTLS. */
  public MediaCapabilities(
      List<String> audioCodecs,
      List<String> videoCodecs,
      boolean rtx,
      Set<Feedback> ingestFeedback,
      Set<Feedback> egressFeedback,
      Set<HeaderExtensionType> ingestExtensions,
      Set<HeaderExtensionType> egressExtensions,
      boolean simulcast) {
    this(
        audioCodecs,
        videoCodecs,
        rtx,
        ingestFeedback,
        egressFeedback,
        ingestExtensions,
        egressExtensions,
        simulcast,
        false);
  }

  public MediaCapabilities {
    audioCodecs = List.copyOf(audioCodecs);
    videoCodecs = List.copyOf(videoCodecs);
    ingestFeedback = Set.copyOf(ingestFeedback);
    egressFeedback = Set.copyOf(egressFeedback);
    ingestExtensions = Set.copyOf(ingestExtensions);
    egressExtensions = Set.copyOf(egressExtensions);
  }

  /** What an offer to receive has: the same, where that which players get is what is taken. */
  public MediaCapabilities received() {
    Set<HeaderExtensionType> extensions = EnumSet.noneOf(HeaderExtensionType.class);
    extensions.addAll(ingestExtensions);
    // A server sends one encoding, whose packets need no name.
    extensions.remove(HeaderExtensionType.RID);
    extensions.remove(HeaderExtensionType.REPAIRED_RID);
    return new MediaCapabilities(
        audioCodecs,
        videoCodecs,
        rtx,
        ingestFeedback,
        ingestFeedback,
        extensions,
        extensions,
        false,
        startsDtls);
  }

  /** The same with other audio codecs. */
  public MediaCapabilities withAudioCodecs(List<String> other) {
    return new MediaCapabilities(
        other,
        videoCodecs,
        rtx,
        ingestFeedback,
        egressFeedback,
        ingestExtensions,
        egressExtensions,
        simulcast,
        startsDtls);
  }
}
