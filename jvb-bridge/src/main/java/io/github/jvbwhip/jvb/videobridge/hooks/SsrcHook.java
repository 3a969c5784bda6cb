package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.util.Map;
import org.jitsi.nlj.Transceiver;
import org.jitsi.nlj.srtp.SrtpTransformers;
import org.jitsi.srtp.BaseSrtpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;

/**
 * Has the bridge decrypt a publisher's packets although they have other SSRCs by then: {@link
 * IceTap} gives them those of the conference before the bridge looks at them, which it does before
 * it decrypts them. RTCP is translated where it is decrypted and encrypted. Thread-safe.
 */
public final class SsrcHook {
  private final Transceiver transceiver;
  private final BridgeInternals internals;
  private final SsrcTranslation ssrcs;
  private final long maxBitrate;
  private volatile boolean installed;

  /**
   * @param maxBitrate that the publisher is told by REMB, whatever the bridge estimates
   */
  public SsrcHook(
      Transceiver transceiver, BridgeInternals internals, SsrcTranslation ssrcs, long maxBitrate) {
    this.transceiver = transceiver;
    this.internals = internals;
    this.ssrcs = ssrcs;
    this.maxBitrate = maxBitrate;
  }

  /** Whether it is in its place, where it goes as soon as DTLS has yielded keys. */
  public boolean isInstalled() {
    return installed || install();
  }

  private synchronized boolean install() {
    SrtpTransformers keys = transceiver.getSrtpTransformers();
    if (!installed && keys != null) {
      for (CryptoContexts contexts : internals.translatable()) {
        install(contexts, keys);
      }
      installed = true;
    }
    return installed;
  }

  /** First the factory: what exists already cannot become more then. */
  private void install(CryptoContexts contexts, SrtpTransformers keys) {
    SrtpContextFactory before = contexts.factory(keys);
    contexts.setFactory(keys, new TranslatingContexts(before, ssrcs, maxBitrate));
    Map<Long, BaseSrtpCryptoContext> known = contexts.known(keys);
    synchronized (known) {
      known.replaceAll(
          (ssrc, context) -> TranslatingContexts.translating(context, ssrcs, maxBitrate));
    }
  }
}
