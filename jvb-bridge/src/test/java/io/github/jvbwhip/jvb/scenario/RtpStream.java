package io.github.jvbwhip.jvb.scenario;

import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.RtpWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Packets of one SSRC in order. A VP8 frame is one packet; its last byte tells which stream it is
 * of.
 */
public final class RtpStream {
  private static final int FRAME_TICKS = 3000;
  private static final int SOUND_TICKS = 960;
  private static final int[] TEMPORAL_LAYERS = {0, 2, 1, 2};

  private final long ssrc;
  private final int size;
  private final int mark;
  private final int textId;
  private final String text;
  private int number = 1000;
  private int frame;
  private int baseFrames;

  /**
   * @param size of a frame, in bytes
   * @param mark the last byte of each
   * @param rid its RTP stream id; empty for none
   */
  public RtpStream(long ssrc, int size, int mark, String rid) {
    this(ssrc, size, mark, ScenarioMedia.RID, rid);
  }

  private RtpStream(long ssrc, int size, int mark, int textId, String text) {
    this.ssrc = ssrc;
    this.size = size;
    this.mark = mark;
    this.textId = textId;
    this.text = text;
  }

  /** One whose packets tell their m-section. */
  static RtpStream ofSection(String mid, long ssrc, int size, int mark) {
    return new RtpStream(ssrc, size, mark, ScenarioMedia.MID, mid);
  }

  public long ssrc() {
    return ssrc;
  }

  /** The next frame. */
  public byte[] frame(boolean keyframe) {
    byte[] payload = new byte[size];
    int at = 0;
    payload[at++] = (byte) 0x90; // X, start of a partition
    payload[at++] = (byte) 0xE0; // I, L, T
    payload[at++] = (byte) (0x80 | frame >> 8 & 0x7F);
    payload[at++] = (byte) frame;
    int layer = keyframe ? 0 : TEMPORAL_LAYERS[frame % TEMPORAL_LAYERS.length];
    baseFrames += layer == 0 ? 1 : 0;
    payload[at++] = (byte) baseFrames; // TL0PICIDX
    payload[at++] = (byte) (layer << 6 | 0x20); // may be switched to
    frame++;
    int height = 180 << mark;
    byte[] vp8 = {
      (byte) (keyframe ? 0x10 : 0x11),
      0,
      0,
      (byte) 0x9D,
      1,
      0x2A,
      (byte) (height * 16 / 9),
      (byte) (height * 16 / 9 >> 8),
      (byte) height,
      (byte) (height >> 8)
    };
    System.arraycopy(vp8, 0, payload, at, vp8.length);
    payload[size - 1] = (byte) mark;
    return packet(ScenarioMedia.VIDEO, (long) frame * FRAME_TICKS, textId, text(), payload);
  }

  private byte[] text() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The next 20 ms of sound, which does not tell its level. */
  public byte[] sound() {
    frame++;
    byte[] payload = new byte[size];
    payload[size - 1] = (byte) mark;
    return packet(ScenarioMedia.AUDIO, (long) frame * SOUND_TICKS, textId, text(), payload);
  }

  /** The next 20 ms of sound. */
  public byte[] sound(int level) {
    frame++;
    byte[] payload = new byte[size];
    payload[size - 1] = (byte) mark;
    return packet(
        ScenarioMedia.AUDIO,
        (long) frame * SOUND_TICKS,
        ScenarioMedia.LEVEL,
        new byte[] {(byte) (0x80 | level)},
        payload);
  }

  private byte[] packet(int payloadType, long timestamp, int id, byte[] value, byte[] payload) {
    byte[] b = new byte[64 + payload.length];
    int at = RtpWriter.write(b, 0, payloadType, number++ & 0xFFFF, timestamp, ssrc);
    b[1] |= (byte) 0x80;
    if (value.length > 0) {
      RtpHeader.setExtension(b, 0, true);
      int words = (value.length + 4) / 4;
      b[at] = (byte) 0xBE;
      b[at + 1] = (byte) 0xDE;
      b[at + 3] = (byte) words;
      b[at + 4] = (byte) (id << 4 | value.length - 1);
      System.arraycopy(value, 0, b, at + 5, value.length);
      at += 4 + 4 * words;
    }
    System.arraycopy(payload, 0, b, at, payload.length);
    return Arrays.copyOf(b, at + payload.length);
  }

  /** Which stream a packet is of. */
  public static int mark(byte[] packet) {
    return packet[packet.length - 1];
  }
}
