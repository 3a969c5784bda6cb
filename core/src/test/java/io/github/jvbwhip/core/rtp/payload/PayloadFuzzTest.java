package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary bytes as a payload that ends with its array, so that reading too far is an exception.
 */
class PayloadFuzzTest {
  private static final int AT = 7;
  private static final List<KeyframeDetector> DETECTORS =
      List.of(
          new Vp8Keyframes(),
          new Vp9Keyframes(),
          KeyframeDetector.H264,
          KeyframeDetector.H265,
          new Av1Keyframes());

  @FuzzTest(maxDuration = "30s")
  void payloads_are_read(byte[] payload) {
    check(payload);
  }

  /** The same over mutations of keyframes of every codec, in every build. */
  @Test
  void mutated_payloads_are_read() {
    Random random = new Random(1);
    String[] seeds = {
      "90f0800102039077019d012a0005d00200070885",
      "a88005100082498342004ff02cf60a38241c",
      "0a3802800168050002d002040108010282498342",
      "b005b40305070102aa",
      "6764001facd9405005bb0110000003001000000300a0f1831960",
      "780002060500196742c00bd901419ea230110000030001000003000a0f142a48",
      "42010101600000030090000003000003003ca00a080b9d4996566924caf01680",
      "280b08000000043cf6c4daf9004032af",
      "61186480c801ac026ef807b009013f00b30f027f01671e04ff02cf1e",
      "c0123480f018c4e41b1b1b1b28628aaa00ff01234567209fc1677f413fc2cfc0",
      "ef0f00026faaaabb",
      "300228000228013014002200000007",
    };
    for (int i = 0; i < 60_000; i++) {
      byte[] seed = HexFormat.of().parseHex(seeds[i % seeds.length]);
      byte[] payload = Arrays.copyOf(seed, seed.length - random.nextInt(seed.length) / 2);
      for (int k = random.nextInt(4); k > 0; k--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt();
      }
      check(payload);
    }
  }

  private static void check(byte[] payload) {
    int length = payload.length;
    byte[] b = new byte[AT + length];
    System.arraycopy(payload, 0, b, AT, length);
    for (KeyframeDetector detector : DETECTORS) {
      boolean keyframe = detector.isKeyframe(b, AT, length);
      VideoSize size = detector.size(b, AT, length);
      assertThat(size == null || keyframe).isTrue();
    }
    for (CodecType type : List.of(CodecType.H264, CodecType.H265)) {
      ParameterSets sets = Objects.requireNonNull(type.parameterSets(Map.of()));
      sets.isLackedBy(b, AT, length, 0);
      assertThat(sets.length()).isLessThan(1200);
    }
    checkVp8(b, length);
    Vp9Descriptor vp9 = new Vp9Descriptor();
    if (vp9.parse(b, AT, length)) {
      vp9.largestSize(b);
      assertThat(vp9.isKeyframe()).isEqualTo(DETECTORS.get(1).isKeyframe(b, AT, length));
    }
    DependencyDescriptor descriptor = new DependencyDescriptor();
    if (descriptor.parse(b, AT, length)) {
      assertThat(descriptor.spatialId()).isBetween(-1, 63);
      assertThat(descriptor.temporalId()).isBetween(-1, 63);
      descriptor.largestSize();
    }
    checkSequenceHeader(payload);
    VideoLayersAllocation.parse(b, AT, length);
    Red.rewrite(b, AT, length, PayloadTypeMap.of(Map.of(111, 111, 96, 96)));
    assertThat(Arrays.copyOfRange(b, AT, b.length)).isEqualTo(payload);
  }

  /** What lacks a header has it afterwards, and is no longer than was said. */
  private static void checkSequenceHeader(byte[] payload) {
    SequenceHeader header = new SequenceHeader();
    byte[] first = {0x18, 0x08, 0, 0, 0};
    header.isLackedBy(first, 0, first.length, 0);
    byte[] b = Arrays.copyOf(payload, payload.length + header.growth());
    if (header.isLackedBy(b, 0, payload.length, 1)) {
      int length = header.insert(b, 0, payload.length);
      assertThat(length).isBetween(payload.length, b.length);
      assertThat(DETECTORS.get(4).isKeyframe(b, 0, length)).isTrue();
      assertThat(header.isLackedBy(b, 0, length, 2)).isFalse();
    }
  }

  /** Writing what was read changes nothing. */
  private static void checkVp8(byte[] b, int length) {
    Vp8Descriptor vp8 = new Vp8Descriptor();
    if (!vp8.parse(b, AT, length)) {
      return;
    }
    assertThat(vp8.isKeyframe()).isEqualTo(DETECTORS.get(0).isKeyframe(b, AT, length));
    vp8.setPictureId(vp8.pictureId());
    vp8.setTl0PicIdx(vp8.tl0PicIdx());
    vp8.setKeyIdx(vp8.keyIdx());
  }
}
