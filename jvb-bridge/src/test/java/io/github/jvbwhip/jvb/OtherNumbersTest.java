package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/**
 * The scenarios in conferences whose numbers are not the usual ones, which mean something else
 * here: nothing may assume those.
 */
class OtherNumbersTest extends FakeJitsiScenariosTest {
  @BeforeEach
  void numberOtherwise() {
    host.number(
        new ConferenceNumbers(
            Map.of(
                CodecType.OPUS, 100,
                CodecType.MULTIOPUS, 105,
                CodecType.VP8, 107,
                CodecType.VP9, 41,
                CodecType.H264, 111,
                CodecType.H265, 115,
                CodecType.AV1, 101),
            Map.of(
                HeaderExtensionType.AUDIO_LEVEL, 11,
                HeaderExtensionType.DEPENDENCY_DESCRIPTOR, 13,
                HeaderExtensionType.VIDEO_ORIENTATION, 1)));
  }
}
