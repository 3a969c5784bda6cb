package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * What a publisher's hooks are made of.
 *
 * @param media whose numbers become the conference's
 * @param learner says which packets have to wait for the bridge to know their SSRC
 * @param ssrcs from the publisher's SSRCs to those that its sources are told with
 * @param maxBitrate in bits per second, above which no estimate is told to the publisher
 * @param news called on a network thread when an SSRC was learnt; must only enqueue
 * @param keyframeAsked called on a bridge thread with the SSRC of each keyframe that the publisher
 *     is asked for; must not block
 * @param changed called on a bridge thread when the speaker changed; must only enqueue
 * @param secured called on a bridge thread when DTLS is up; must only enqueue
 * @param alerted called on a network thread when the client may have ended DTLS; must not block
 */
public record IngestTaps(
    List<IngestMedia> media,
    SsrcLearner learner,
    SsrcTranslation ssrcs,
    OptionalLong maxBitrate,
    Runnable news,
    LongConsumer keyframeAsked,
    Runnable changed,
    Runnable secured,
    Runnable alerted) {}
