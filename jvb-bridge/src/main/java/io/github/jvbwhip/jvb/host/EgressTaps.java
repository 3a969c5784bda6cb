package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a player's hooks are made of.
 *
 * @param sent the streams that the player was told
 * @param rewriters of each of them, in the same order
 * @param forwarded called on a bridge thread when other video sources are sent than before; must
 *     only enqueue
 * @param stopped called likewise with the name of each that is not sent any more; must not block
 * @param changed called on a bridge thread when the speaker changed; must only enqueue
 * @param secured called on a bridge thread when DTLS is up; must only enqueue
 * @param alerted called on a network thread when the client may have ended DTLS; must not block
 */
public record EgressTaps(
    List<SentSource> sent,
    List<SlotRewriter> rewriters,
    Runnable forwarded,
    Consumer<String> stopped,
    Runnable changed,
    Runnable secured,
    Runnable alerted) {}
