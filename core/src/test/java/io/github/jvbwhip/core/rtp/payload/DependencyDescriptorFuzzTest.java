package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary bytes as the descriptors of one stream, one after another: a view that has seen others
 * reads a template structure as a new one does, and one that is garbage changes nothing of what is
 * remembered.
 */
class DependencyDescriptorFuzzTest {
  private static final int AT = 7;

  /** Two spatial layers of two temporal layers each, with chains and sizes. */
  private static final byte[] KEYFRAME =
      HexFormat.of().parseHex("be123487c3671b1b1b1b4d38128091a2b3c09fc059c13fc0b3c0");

  @FuzzTest(maxDuration = "30s")
  void descriptors_keep_their_properties(byte[] stream) {
    check(stream);
  }

  /** The same over mutations of a keyframe's descriptor and of later ones, in every build. */
  @Test
  void mutated_descriptors_keep_their_properties() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] element = Arrays.copyOf(KEYFRAME, KEYFRAME.length - random.nextInt(8) / 6);
      for (int k = random.nextInt(4); k > 0; k--) {
        element[random.nextInt(element.length)] = (byte) random.nextInt();
      }
      byte[] later = {(byte) random.nextInt(), 0, 1};
      check(
          ByteBuffer.allocate(element.length + later.length + 2)
              .put((byte) element.length)
              .put(element)
              .put((byte) later.length)
              .put(later)
              .array());
    }
  }

  /** Each element has its length before it. */
  private static void check(byte[] stream) {
    DependencyDescriptor view = new DependencyDescriptor();
    assertThat(parse(view, KEYFRAME)).isTrue();
    int at = 0;
    while (at < stream.length) {
      int end = Math.min(stream.length, at + 1 + (stream[at] & 0xFF));
      checkOne(view, Arrays.copyOfRange(stream, at + 1, end));
      at = end;
    }
  }

  private static void checkOne(DependencyDescriptor view, byte[] element) {
    DependencyDescriptor fresh = new DependencyDescriptor();
    int[] before = layers(view);
    boolean read = parse(view, element);
    assertThat(parse(fresh, element)).isEqualTo(read);
    if (!read) {
      assertThat(layers(view)).isEqualTo(before);
      return;
    }
    assertThat(view.isStartOfFrame()).isEqualTo(fresh.isStartOfFrame());
    assertThat(view.isKeyframe()).isEqualTo(fresh.isKeyframe());
    assertThat(view.spatialId()).isBetween(DependencyDescriptor.UNKNOWN, 63);
    assertThat(view.temporalId()).isBetween(DependencyDescriptor.UNKNOWN, 63);
    boolean structure = element.length > 3 && element[3] < 0;
    if (structure) {
      assertThat(layers(view)).isEqualTo(layers(fresh));
      assertThat(view.largestSize()).isEqualTo(fresh.largestSize());
    } else {
      assertThat(fresh.spatialId()).isEqualTo(DependencyDescriptor.UNKNOWN);
      assertThat(layers(view)).isEqualTo(before);
    }
  }

  /** The layers of each template id: what the view remembers. */
  private static int[] layers(DependencyDescriptor view) {
    int[] layers = new int[2 * 64];
    for (int id = 0; id < 64; id++) {
      byte[] plain = {(byte) id, 0, 0};
      assertThat(parse(view, plain)).isTrue();
      layers[2 * id] = view.spatialId();
      layers[2 * id + 1] = view.temporalId();
    }
    return layers;
  }

  /** Parses what ends with its array, so that reading too far is an exception. */
  private static boolean parse(DependencyDescriptor view, byte[] element) {
    byte[] b = new byte[AT + element.length];
    System.arraycopy(element, 0, b, AT, element.length);
    return view.parse(b, AT, element.length);
  }
}
