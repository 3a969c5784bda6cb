package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.payload.Vp8Descriptor;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Keeps what was sent, and spoils the buffer afterwards as an encrypting transport does. Faults
 * fail the test, unless it has {@linkplain #breakDown broken} the sink itself.
 */
final class RecordingSink implements PacketSink {
  private final List<Sent> rtp = new ArrayList<>();
  private final List<byte[]> rtcp = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private boolean broken;
  private boolean untold;

  /** An RTP packet as it was handed over. */
  record Sent(byte[] bytes) {
    int payloadType() {
      return RtpHeader.payloadType(bytes, 0);
    }

    int sequenceNumber() {
      return RtpHeader.sequenceNumber(bytes, 0);
    }

    long timestamp() {
      return RtpHeader.timestamp(bytes, 0);
    }

    long ssrc() {
      return RtpHeader.ssrc(bytes, 0);
    }

    byte[] payload() {
      int at = RtpHeader.payloadOffset(bytes, 0);
      return Arrays.copyOfRange(bytes, at, at + RtpHeader.payloadLength(bytes, 0, bytes.length));
    }

    /** The data of a header extension, or null. */
    byte[] extension(int id) {
      long element = HeaderExtensions.find(bytes, 0, id);
      return element == HeaderExtensions.NONE
          ? null
          : Arrays.copyOfRange(
              bytes,
              HeaderExtensions.offset(element),
              HeaderExtensions.offset(element) + HeaderExtensions.length(element));
    }

    Vp8Descriptor vp8() {
      Vp8Descriptor descriptor = new Vp8Descriptor();
      byte[] payload = payload();
      if (!descriptor.parse(payload, 0, payload.length)) {
        throw new AssertionError("no VP8 descriptor");
      }
      return descriptor;
    }
  }

  /** From now on, sending fails by a fault. */
  void breakDown() {
    broken = true;
  }

  /** The same, and to be told of a fault fails too. */
  void breakDownAltogether() {
    broken = true;
    untold = true;
  }

  private void checkBroken() {
    if (broken) {
      throw new NoClassDefFoundError("test");
    }
  }

  @Override
  public boolean sendRtp(byte[] buffer, int offset, int length) {
    checkBroken();
    byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
    if (!RtpHeader.isValid(copy, 0, length)) {
      throw new AssertionError("not a valid RTP packet: " + Arrays.toString(copy));
    }
    rtp.add(new Sent(copy));
    Arrays.fill(buffer, offset, offset + length + TAILROOM, (byte) 0xEE);
    return true;
  }

  @Override
  public boolean sendRtcp(byte[] buffer, int offset, int length) {
    checkBroken();
    byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
    if (!Rtcp.isValid(copy, 0, length)) {
      throw new AssertionError("not a valid RTCP packet: " + Arrays.toString(copy));
    }
    rtcp.add(copy);
    Arrays.fill(buffer, offset, offset + length + TAILROOM, (byte) 0xEE);
    return true;
  }

  @Override
  public void failed(Throwable fault) {
    faults.add(fault);
    if (!broken || untold) {
      throw new AssertionError("a fault", fault);
    }
  }

  /** What was said to have failed. */
  List<Throwable> faults() {
    return List.copyOf(faults);
  }

  List<Sent> rtp() {
    return List.copyOf(rtp);
  }

  /** What was sent under that SSRC. */
  List<Sent> rtp(long ssrc) {
    return rtp.stream().filter(packet -> packet.ssrc() == ssrc).toList();
  }

  /** The single packets in all compounds for which {@code is} holds, each at offset 0. */
  List<byte[]> rtcp(BiPredicate<byte[], Integer> is) {
    List<byte[]> found = new ArrayList<>();
    for (byte[] compound : rtcp) {
      for (int at = 0; at < compound.length; at = Rtcp.next(compound, at)) {
        if (is.test(compound, at)) {
          found.add(Arrays.copyOfRange(compound, at, Rtcp.next(compound, at)));
        }
      }
    }
    return found;
  }

  static long u32(byte[] b, int at) {
    return Bytes.u32(b, at);
  }

  void clear() {
    rtp.clear();
    rtcp.clear();
  }
}
