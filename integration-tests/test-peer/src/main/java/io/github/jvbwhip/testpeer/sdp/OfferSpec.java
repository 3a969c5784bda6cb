package io.github.jvbwhip.testpeer.sdp;

import io.github.jvbwhip.testpeer.media.Codec;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What an offer looks like; immutable.
 *
 * @param setup value of {@code a=setup}
 * @param candidates whether the offer carries the peer's candidate
 * @param trickle whether {@code a=ice-options:trickle} is there
 * @param sessionLevelFingerprint whether fingerprint is said once for the session, as OBS does
 * @param edit a last change to the finished text, for offers that no builder should make
 */
public record OfferSpec(
    List<MediaSpec> media,
    String setup,
    boolean candidates,
    boolean trickle,
    boolean sessionLevelFingerprint,
    UnaryOperator<String> edit) {
  public OfferSpec {
    media = List.copyOf(media);
  }

  /** These m-sections, everything else as browsers do it. */
  public static OfferSpec of(MediaSpec... media) {
    return new OfferSpec(List.of(media), "actpass", true, true, false, UnaryOperator.identity());
  }

  /** Opus and one video codec to publish, as a browser offers them. */
  public static OfferSpec publisher(Codec video) {
    return of(
        MediaSpec.audio(MediaSpec.Direction.SENDONLY),
        MediaSpec.video(MediaSpec.Direction.SENDONLY, video));
  }

  /** The same with RID simulcast, the RIDs in the order of their size, smallest first. */
  public static OfferSpec simulcastPublisher(Codec video, String... rids) {
    return of(
        MediaSpec.audio(MediaSpec.Direction.SENDONLY),
        MediaSpec.video(MediaSpec.Direction.SENDONLY, video).withRids(rids));
  }

  /** Opus and all of these video codecs to watch, as a browser offers them. */
  public static OfferSpec player(Codec... video) {
    return of(
        MediaSpec.audio(MediaSpec.Direction.RECVONLY),
        MediaSpec.video(MediaSpec.Direction.RECVONLY, video));
  }

  /** What OBS offers: H264 as 96 without RTX, no candidates, mid and rid extensions only. */
  public static OfferSpec obs(String... rids) {
    MediaSpec audio =
        MediaSpec.audio(MediaSpec.Direction.SENDONLY)
            .withCodecs(
                CodecSpec.opus(111)
                    .withFmtp(
                        "minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1")
                    .withFeedback())
            .withExtensions(Map.of());
    MediaSpec video =
        MediaSpec.video(MediaSpec.Direction.SENDONLY, Codec.H264)
            .withCodecs(
                CodecSpec.video(Codec.H264, 96)
                    .withoutRtx()
                    .withFeedback("nack", "nack pli", "goog-remb"))
            .withExtensions(Map.of(1, Extensions.MID, 2, Extensions.RID));
    return new OfferSpec(
        List.of(audio, rids.length == 0 ? video : video.withRids(rids)),
        "actpass",
        false,
        true,
        true,
        UnaryOperator.identity());
  }

  /** The same with another {@code a=setup}. */
  public OfferSpec withSetup(String other) {
    return new OfferSpec(media, other, candidates, trickle, sessionLevelFingerprint, edit);
  }

  /** The same without a candidate, as a client that trickles, or never says any. */
  public OfferSpec withoutCandidates() {
    return new OfferSpec(media, setup, false, trickle, sessionLevelFingerprint, edit);
  }

  /** The same with a last change to its text. */
  public OfferSpec edited(UnaryOperator<String> change) {
    UnaryOperator<String> before = edit;
    return new OfferSpec(
        media,
        setup,
        candidates,
        trickle,
        sessionLevelFingerprint,
        text -> change.apply(before.apply(text)));
  }
}
