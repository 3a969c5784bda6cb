package io.github.jvbwhip.jvb.videobridge.hooks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jitsi.nlj.srtp.SrtpTransformers;
import org.jitsi.srtp.BaseSrtpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the bridge makes and keeps the contexts by which it decrypts or encrypts, of one kind. */
record CryptoContexts(FieldPath factory, FieldPath known) {
  private static final Logger LOG = LoggerFactory.getLogger(CryptoContexts.class);

  /**
   * Those in which a publisher's SSRCs are seen: all of them, or none on a bridge of other ways.
   */
  static List<CryptoContexts> ofPublishers() {
    try {
      TranslatingContexts.check();
      return List.of(
          of("srtpDecryptTransformer"),
          of("srtcpDecryptTransformer"),
          of("srtcpEncryptTransformer"));
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.debug("This version of the bridge decrypts in another way", e);
      return List.of();
    }
  }

  private static CryptoContexts of(String transformer) throws NoSuchFieldException {
    CryptoContexts contexts =
        new CryptoContexts(
            FieldPath.of(SrtpTransformers.class, transformer, "contextFactory"),
            FieldPath.of(SrtpTransformers.class, transformer, "contexts"));
    if (contexts.factory.type() != SrtpContextFactory.class || contexts.known.type() != Map.class) {
      throw new NoSuchFieldException(transformer);
    }
    return contexts;
  }

  SrtpContextFactory factory(SrtpTransformers keys) {
    return (SrtpContextFactory) Objects.requireNonNull(factory.get(keys));
  }

  void setFactory(SrtpTransformers keys, SrtpContextFactory next) {
    factory.set(keys, next);
  }

  /** By SSRC; the bridge changes them while it holds their monitor. */
  @SuppressWarnings("unchecked") // As it is declared there.
  Map<Long, BaseSrtpCryptoContext> known(SrtpTransformers keys) {
    return (Map<Long, BaseSrtpCryptoContext>) Objects.requireNonNull(known.get(keys));
  }
}
