package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final int LIMIT = 300;

  private final FrameReader reader = new FrameReader();
  private final byte[] whole = new byte[LIMIT];
  private final List<String> frames = new ArrayList<>();

  private boolean read(byte[] bytes, int from, int to) {
    return reader.read(
        ByteBuffer.wrap(bytes, from, to - from),
        whole,
        () -> LIMIT,
        (buffer, length) -> frames.add(Arrays.toString(Arrays.copyOf(buffer, length))));
  }

  private static byte[] stream(byte[]... frames) {
    ByteBuffer out = ByteBuffer.allocate(10_000);
    for (byte[] frame : frames) {
      out.putShort((short) frame.length).put(frame);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i + length);
    }
    return bytes;
  }

  /** As TCP may cut it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100, 299, 10_000})
  void frames_are_whole_however_they_come(int step) {
    byte[][] sent = {filled(1), filled(0), filled(LIMIT), filled(2), filled(257), filled(40)};
    byte[] stream = stream(sent);

    for (int at = 0; at < stream.length; at += step) {
      assertThat(read(stream, at, Math.min(stream.length, at + step))).isTrue();
    }
    assertThat(frames)
        .containsExactlyElementsOf(
            Arrays.stream(sent).filter(each -> each.length > 0).map(Arrays::toString).toList());
  }

  @Test
  void a_frame_above_the_limit_ends_it_before_it_has_come() {
    byte[] stream = stream(filled(3), filled(LIMIT + 1));

    assertThat(read(stream, 0, 6)).isTrue();
    assertThat(read(stream, 6, 8)).isFalse();
    assertThat(frames).hasSize(1);
  }

  @Test
  void a_sink_that_wants_no_more_gets_no_more() {
    byte[] stream = stream(filled(3), filled(4));

    assertThat(reader.read(ByteBuffer.wrap(stream), whole, () -> LIMIT, (buffer, length) -> false))
        .isFalse();
  }
}
