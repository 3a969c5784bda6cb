package io.github.jvbwhip.dtls;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;

/**
 * SRTP and SRTCP (RFC 3711) in one direction: a context for each SSRC. Not thread-safe.
 *
 * <p>A packet's SSRC is looked up by going through the few that there are. A context that was
 * derived for a packet that turns out to be forged is not kept, so that forgeries cannot fill the
 * table.
 */
public final class SrtpContexts {
  private static final Logger LOG = new LoggerImpl(SrtpContexts.class.getName());

  /** SSRCs of a transport in one direction; a browser's simulcast publisher has eight. */
  private static final int MAX_SSRCS = 64;

  private static final int RTP_HEADER = 12;
  private static final int RTP_SSRC = 8;
  private static final int RTCP_HEADER = 8;
  private static final int RTCP_SSRC = 4;

  private final SrtpContextFactory factory;
  private final boolean sender;
  private final int tagLength;
  private final Packet packet = new Packet();
  private int[] rtpSsrcs = {};
  private SrtpCryptoContext[] rtpContexts = {};
  private int[] rtcpSsrcs = {};
  private SrtcpCryptoContext[] rtcpContexts = {};

  private SrtpContexts(boolean sender, byte[] key, byte[] salt, SrtpProfile profile) {
    SrtpPolicy policy = profile.policy();
    this.sender = sender;
    this.tagLength = policy.getAuthTagLength();
    this.factory = new SrtpContextFactory(sender, key, salt, policy, profile.policy(), LOG);
  }

  /** For what this side sends. */
  public static SrtpContexts sending(SrtpKeys keys) {
    return new SrtpContexts(true, keys.localKey(), keys.localSalt(), keys.profile());
  }

  /** For what this side receives. */
  public static SrtpContexts receiving(SrtpKeys keys) {
    return new SrtpContexts(false, keys.remoteKey(), keys.remoteSalt(), keys.profile());
  }

  /**
   * Encrypts or decrypts an RTP packet in place.
   *
   * @return its new length in bytes, or -1 when it is refused: forged, replayed, malformed, or one
   *     SSRC too many
   */
  public int transformRtp(byte[] buffer, int offset, int length) {
    if (length < RTP_HEADER) {
      return -1;
    }
    packet.set(buffer, offset, length);
    int ssrc = readInt(buffer, offset + RTP_SSRC);
    SrtpCryptoContext known = find(rtpSsrcs, rtpContexts, ssrc);
    try {
      SrtpCryptoContext context = known == null ? newRtpContext(ssrc) : known;
      if (context == null) {
        return -1;
      }
      SrtpErrorStatus status =
          sender ? context.transformPacket(packet) : context.reverseTransformPacket(packet, false);
      if (status != SrtpErrorStatus.OK || isLeftPlain(length)) {
        return -1;
      }
      if (known == null) {
        rtpSsrcs = append(rtpSsrcs, ssrc);
        rtpContexts = append(rtpContexts, context);
      }
      return packet.getLength();
    } catch (GeneralSecurityException | RuntimeException e) {
      // Bytes that the library did not expect: as bad as a forgery.
      return -1;
    }
  }

  /** The same for a compound RTCP packet. */
  public int transformRtcp(byte[] buffer, int offset, int length) {
    if (length < RTCP_HEADER) {
      return -1;
    }
    packet.set(buffer, offset, length);
    int ssrc = readInt(buffer, offset + RTCP_SSRC);
    SrtcpCryptoContext known = find(rtcpSsrcs, rtcpContexts, ssrc);
    try {
      SrtcpCryptoContext context = known == null ? newRtcpContext(ssrc) : known;
      if (context == null) {
        return -1;
      }
      SrtpErrorStatus status =
          sender ? context.transformPacket(packet) : context.reverseTransformPacket(packet);
      if (status != SrtpErrorStatus.OK || isLeftPlain(length) || packet.getLength() < RTCP_HEADER) {
        return -1;
      }
      if (known == null) {
        rtcpSsrcs = append(rtcpSsrcs, ssrc);
        rtcpContexts = append(rtcpContexts, context);
      }
      return packet.getLength();
    } catch (GeneralSecurityException | RuntimeException e) {
      return -1;
    }
  }

  /**
   * Whether the library says that all is well and has encrypted nothing. It does so when the cipher
   * refuses, as the JDK's AES-GCM does with a packet that is sent twice in a row.
   */
  private boolean isLeftPlain(int plainLength) {
    return sender && packet.getLength() < plainLength + tagLength;
  }

  private @Nullable SrtpCryptoContext newRtpContext(int ssrc) throws GeneralSecurityException {
    return rtpSsrcs.length < MAX_SSRCS ? factory.deriveContext(ssrc, 0) : null;
  }

  private @Nullable SrtcpCryptoContext newRtcpContext(int ssrc) throws GeneralSecurityException {
    return rtcpSsrcs.length < MAX_SSRCS ? factory.deriveControlContext(ssrc) : null;
  }

  private static <T> @Nullable T find(int[] ssrcs, T[] contexts, int ssrc) {
    for (int i = 0; i < ssrcs.length; i++) {
      if (ssrcs[i] == ssrc) {
        return contexts[i];
      }
    }
    return null;
  }

  private static int[] append(int[] array, int value) {
    int[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = value;
    return longer;
  }

  private static <T> T[] append(T[] array, T value) {
    T[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = value;
    return longer;
  }

  private static int readInt(byte[] buffer, int offset) {
    return (buffer[offset] & 0xff) << 24
        | (buffer[offset + 1] & 0xff) << 16
        | (buffer[offset + 2] & 0xff) << 8
        | (buffer[offset + 3] & 0xff);
  }

  /** The window on the caller's buffer that the library works on; it cannot grow the buffer. */
  private static final class Packet implements ByteArrayBuffer {
    private byte[] buffer = {};
    private int offset;
    private int length;

    void set(byte[] newBuffer, int newOffset, int newLength) {
      buffer = newBuffer;
      offset = newOffset;
      length = newLength;
    }

    @Override
    public byte[] getBuffer() {
      return buffer;
    }

    @Override
    public int getOffset() {
      return offset;
    }

    @Override
    public int getLength() {
      return length;
    }

    @Override
    public void setLength(int newLength) {
      length = newLength;
    }

    @Override
    public void setOffset(int newOffset) {
      offset = newOffset;
    }

    @Override
    public boolean isInvalid() {
      return false;
    }

    @Override
    public void readRegionToBuff(int from, int count, byte[] target) {
      System.arraycopy(buffer, offset + from, target, 0, count);
    }

    @Override
    public void grow(int howMuch) {
      if (offset + length + howMuch > buffer.length) {
        throw new IndexOutOfBoundsException("no room behind the packet");
      }
    }

    @Override
    public void append(byte[] data, int count) {
      grow(count);
      System.arraycopy(data, 0, buffer, offset + length, count);
      length += count;
    }

    @Override
    public void shrink(int count) {
      length = Math.max(0, length - count);
    }
  }
}
