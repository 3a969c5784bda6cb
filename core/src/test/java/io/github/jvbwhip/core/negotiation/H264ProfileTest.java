package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6184 §8.1, table 5. */
class H264ProfileTest {

  @ParameterizedTest
  @CsvSource({
    "42e01f,CONSTRAINED_BASELINE",
    "42E01F,CONSTRAINED_BASELINE",
    "42c015,CONSTRAINED_BASELINE",
    "4d801f,CONSTRAINED_BASELINE",
    "58c01f,CONSTRAINED_BASELINE",
    "42001f,BASELINE",
    "42001e,BASELINE",
    "58801f,BASELINE",
    "4d001f,MAIN",
    "4d401f,MAIN",
    "58001f,EXTENDED",
    "64001f,HIGH",
    "640c1f,CONSTRAINED_HIGH",
    "6e001f,HIGH_10",
    "7a001f,HIGH_422",
    "f4001f,HIGH_444",
    "2c001f,OTHER",
    "42e0,OTHER",
    "42e0zz,OTHER"
  })
  void is_read_from_the_profile_level_id(String id, H264Profile profile) {
    assertThat(H264Profile.of(codec(Map.of("profile-level-id", id)))).isEqualTo(profile);
  }

  @Test
  void baseline_is_the_default() {
    assertThat(H264Profile.of(codec(Map.of()))).isEqualTo(H264Profile.BASELINE);
  }

  @ParameterizedTest
  @CsvSource({
    "HIGH,CONSTRAINED_BASELINE,true",
    "HIGH,MAIN,true",
    "HIGH,CONSTRAINED_HIGH,true",
    "HIGH,BASELINE,false",
    "HIGH,HIGH_10,false",
    "MAIN,CONSTRAINED_BASELINE,true",
    "MAIN,BASELINE,false",
    "BASELINE,CONSTRAINED_BASELINE,true",
    "EXTENDED,BASELINE,true",
    "EXTENDED,CONSTRAINED_BASELINE,true",
    "EXTENDED,MAIN,false",
    "CONSTRAINED_BASELINE,BASELINE,false",
    "HIGH_444,HIGH_422,true",
    "HIGH_10,EXTENDED,false",
    "OTHER,CONSTRAINED_BASELINE,false",
    "OTHER,OTHER,true"
  })
  void a_decoder_takes_its_own_profile_and_those_inside_it(
      H264Profile decoder, H264Profile stream, boolean takes) {
    assertThat(decoder.decodes(stream)).isEqualTo(takes);
  }

  private static Codec codec(Map<String, String> parameters) {
    return new Codec(MediaKind.VIDEO, "H264", 90_000, 1, parameters);
  }
}
