package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.RtcpSsrcs;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.security.GeneralSecurityException;
import java.util.function.LongUnaryOperator;
import org.jitsi.rtp.rtp.RtpPacket;
import org.jitsi.srtp.BaseSrtpCryptoContext;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * Makes the contexts that a publisher's packets are decrypted and RTCP to it encrypted with: the
 * bridge's own, with translated SSRCs around them. The shells around have no keys.
 */
final class TranslatingContexts extends SrtpContextFactory {
  private static final Logger LOG = new LoggerImpl(TranslatingContexts.class.getName());
  private static final SrtpPolicy NO_KEYS =
      new SrtpPolicy(SrtpPolicy.NULL_ENCRYPTION, 0, SrtpPolicy.NULL_AUTHENTICATION, 0, 0, 0);

  private final SrtpContextFactory keys;
  private final SsrcTranslation ssrcs;
  private final long maxBitrate;

  /**
   * @param keys the bridge's own
   * @param maxBitrate that the publisher is told by REMB, whatever the bridge estimates
   */
  TranslatingContexts(SrtpContextFactory keys, SsrcTranslation ssrcs, long maxBitrate) {
    super(false, null, null, NO_KEYS, NO_KEYS, LOG);
    this.keys = keys;
    this.ssrcs = ssrcs;
    this.maxBitrate = maxBitrate;
  }

  /**
   * Whether this bridge decrypts as is assumed here.
   *
   * @throws ReflectiveOperationException when it does not
   */
  static void check() throws ReflectiveOperationException {
    SrtpContextFactory.class.getMethod("deriveContext", int.class, int.class);
    SrtpContextFactory.class.getMethod("deriveControlContext", int.class);
    SrtpCryptoContext.class.getMethod(
        "reverseTransformPacket", ByteArrayBuffer.class, boolean.class);
    SrtcpCryptoContext.class.getMethod("reverseTransformPacket", ByteArrayBuffer.class);
    SrtcpCryptoContext.class.getMethod("transformPacket", ByteArrayBuffer.class);
  }

  /** The same for a context that the bridge has made already. */
  static BaseSrtpCryptoContext translating(
      BaseSrtpCryptoContext context, SsrcTranslation ssrcs, long maxBitrate) {
    try {
      return context instanceof SrtcpCryptoContext control && !(context instanceof Control)
          ? new Control(control, ssrcs, maxBitrate)
          : context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // There is no cipher to be missing.
    }
  }

  @Override
  public SrtpCryptoContext deriveContext(int ssrc, int roc) throws GeneralSecurityException {
    long conference = Integer.toUnsignedLong(ssrc);
    long publisher = ssrcs.toPublisher(conference);
    return publisher == SsrcTranslation.NONE
        ? new Stranger(keys.deriveContext(ssrc, roc), ssrcs.stranger())
        : new Media(keys.deriveContext((int) publisher, roc), publisher, conference);
  }

  @Override
  public SrtcpCryptoContext deriveControlContext(int ssrc) throws GeneralSecurityException {
    return new Control(keys.deriveControlContext(ssrc), ssrcs, maxBitrate);
  }

  @Override
  public void close() {
    keys.close();
  }

  /** A known stream: its own SSRC is in the packet while that is decrypted. */
  private static final class Media extends SrtpCryptoContext {
    private final SrtpCryptoContext keys;
    private final long publisher;
    private final long conference;

    Media(SrtpCryptoContext keys, long publisher, long conference) throws GeneralSecurityException {
      super(false, (int) conference, 0, null, null, NO_KEYS, LOG);
      this.keys = keys;
      this.publisher = publisher;
      this.conference = conference;
    }

    @Override
    public synchronized SrtpErrorStatus reverseTransformPacket(ByteArrayBuffer packet, boolean skip)
        throws GeneralSecurityException {
      RtpHeader.setSsrc(packet.getBuffer(), packet.getOffset(), publisher);
      SrtpErrorStatus status = keys.reverseTransformPacket(packet, skip);
      RtpHeader.setSsrc(packet.getBuffer(), packet.getOffset(), conference);
      return status;
    }
  }

  /** Nobody knows what it is: it must not be taken for the stream of somebody else. */
  private static final class Stranger extends SrtpCryptoContext {
    private final SrtpCryptoContext keys;
    private final long stranger;

    Stranger(SrtpCryptoContext keys, long stranger) throws GeneralSecurityException {
      super(false, (int) stranger, 0, null, null, NO_KEYS, LOG);
      this.keys = keys;
      this.stranger = stranger;
    }

    @Override
    public synchronized SrtpErrorStatus reverseTransformPacket(ByteArrayBuffer packet, boolean skip)
        throws GeneralSecurityException {
      SrtpErrorStatus status = keys.reverseTransformPacket(packet, skip);
      if (packet instanceof RtpPacket rtp) {
        rtp.setSsrc(stranger);
      }
      return status;
    }
  }

  /** RTCP, either way. */
  private static final class Control extends SrtcpCryptoContext {
    private final SrtcpCryptoContext keys;
    private final LongUnaryOperator senders;
    private final LongUnaryOperator subjects;
    private final long maxBitrate;

    Control(SrtcpCryptoContext keys, SsrcTranslation ssrcs, long maxBitrate)
        throws GeneralSecurityException {
      super(keys.getSsrc(), null, null, NO_KEYS, LOG);
      this.keys = keys;
      this.maxBitrate = maxBitrate;
      this.senders =
          ssrc -> {
            long conference = ssrcs.toConference(ssrc);
            return conference == SsrcTranslation.NONE ? ssrcs.stranger() : conference;
          };
      this.subjects =
          ssrc -> {
            long publisher = ssrcs.toPublisher(ssrc);
            return publisher == SsrcTranslation.NONE ? ssrc : publisher;
          };
    }

    @Override
    public synchronized SrtpErrorStatus reverseTransformPacket(ByteArrayBuffer packet)
        throws GeneralSecurityException {
      SrtpErrorStatus status = keys.reverseTransformPacket(packet);
      if (status == SrtpErrorStatus.OK && isValid(packet)) {
        RtcpSsrcs.renameSenders(
            packet.getBuffer(), packet.getOffset(), packet.getLength(), senders);
      }
      return status;
    }

    @Override
    public synchronized SrtpErrorStatus transformPacket(ByteArrayBuffer packet)
        throws GeneralSecurityException {
      if (isValid(packet)) {
        RtcpSsrcs.renameSubjects(
            packet.getBuffer(), packet.getOffset(), packet.getLength(), subjects);
        Remb.limit(packet.getBuffer(), packet.getOffset(), packet.getLength(), maxBitrate);
      }
      return keys.transformPacket(packet);
    }

    private static boolean isValid(ByteArrayBuffer packet) {
      return Rtcp.isValid(packet.getBuffer(), packet.getOffset(), packet.getLength());
    }
  }
}
