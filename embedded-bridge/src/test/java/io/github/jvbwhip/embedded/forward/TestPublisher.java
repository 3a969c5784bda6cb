package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.RtpWriter;
import io.github.jvbwhip.core.rtp.Rtx;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A publisher of the tests. */
record TestPublisher(TestRoom room, Publisher publisher, RecordingSink sink) {
  /** Packets do not begin at the start of a transport's buffer. */
  private static final int OFFSET = 7;

  void send(byte[] packet) {
    byte[] b = new byte[OFFSET + packet.length + PacketSink.TAILROOM];
    System.arraycopy(packet, 0, b, OFFSET, packet.length);
    publisher.onRtp(b, OFFSET, packet.length, room.now());
  }

  void senderReport(long ssrc, long ntpTime, long timestamp) {
    byte[] b = new byte[64];
    int length = SenderReport.write(b, 0, 0, ssrc, ntpTime, timestamp, 10, 1000);
    publisher.onRtcp(b, 0, length, room.now());
  }

  /** How many keyframes were asked for. */
  int keyframeRequests() {
    return sink.rtcp(Pli::is).size();
  }

  /** Wraps a packet as a retransmission. */
  static byte[] rtx(byte[] packet, int payloadType, long ssrc, int sequenceNumber) {
    byte[] b = new byte[packet.length + Rtx.OVERHEAD];
    Rtx.encapsulate(packet, 0, packet.length, b, 0, payloadType, ssrc, sequenceNumber);
    return b;
  }

  /** An RTP packet with one-byte header extensions: id, text, id, text... */
  static byte[] rtp(
      int payloadType,
      int sequenceNumber,
      long timestamp,
      long ssrc,
      byte[] payload,
      Object... extensions) {
    ByteArrayOutputStream elements = new ByteArrayOutputStream();
    for (int i = 0; i < extensions.length; i += 2) {
      byte[] data =
          extensions[i + 1] instanceof byte[] bytes
              ? bytes
              : ((String) extensions[i + 1]).getBytes(StandardCharsets.UTF_8);
      elements.write((Integer) extensions[i] << 4 | data.length - 1);
      elements.writeBytes(data);
    }
    while (elements.size() % 4 != 0) {
      elements.write(0);
    }
    int header = 12 + (elements.size() == 0 ? 0 : 4 + elements.size());
    byte[] b = new byte[header + payload.length];
    RtpWriter.write(b, 0, payloadType, sequenceNumber, timestamp, ssrc);
    if (elements.size() > 0) {
      RtpHeader.setExtension(b, 0, true);
      Bytes.put16(b, 12, 0xBEDE);
      Bytes.put16(b, 14, elements.size() / 4);
      System.arraycopy(elements.toByteArray(), 0, b, 16, elements.size());
    }
    System.arraycopy(payload, 0, b, header, payload.length);
    return b;
  }

  /** A VP8 payload with a 15-bit picture id, TL0PICIDX and temporal layer; one packet per frame. */
  static byte[] vp8(boolean keyframe, int pictureId, int tl0, int temporalLayer, int width) {
    byte[] payload = new byte[100];
    Arrays.fill(payload, (byte) pictureId);
    payload[0] = (byte) 0x90;
    payload[1] = (byte) 0xE0;
    Bytes.put16(payload, 2, 0x8000 | pictureId);
    payload[4] = (byte) tl0;
    payload[5] = (byte) (temporalLayer << 6);
    payload[6] = (byte) (keyframe ? 0x10 : 0x11);
    if (keyframe) {
      payload[9] = (byte) 0x9D;
      payload[10] = 0x01;
      payload[11] = 0x2A;
      payload[12] = (byte) width;
      payload[13] = (byte) (width >> 8);
      int height = width * 9 / 16;
      payload[14] = (byte) height;
      payload[15] = (byte) (height >> 8);
    }
    return payload;
  }

  static byte[] vp8(boolean keyframe, int pictureId) {
    return vp8(keyframe, pictureId, pictureId & 0xFF, 0, 320);
  }
}
