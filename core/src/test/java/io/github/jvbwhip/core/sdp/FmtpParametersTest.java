package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parameters of {@code a=fmtp}. */
class FmtpParametersTest {

  @Test
  void names_are_lower_cased_and_values_are_not() {
    assertThat(new Fmtp(96, "Profile-Level-Id=42E01F;packetization-mode=1").parameters())
        .isEqualTo(Map.of("profile-level-id", "42E01F", "packetization-mode", "1"));
  }

  @Test
  void spaces_around_parts_are_no_part_of_them() {
    assertThat(new Fmtp(111, " minptime = 10 ; stereo=1; ").parameters())
        .isEqualTo(Map.of("minptime", "10", "stereo", "1"));
  }

  @Test
  void a_parameter_without_value_maps_to_the_empty_string() {
    assertThat(new Fmtp(110, ";0-16;;x=").parameters()).isEqualTo(Map.of("0-16", "", "x", ""));
  }

  @Test
  void the_first_of_several_counts() {
    assertThat(new Fmtp(97, "apt=96;apt=98").parameters()).isEqualTo(Map.of("apt", "96"));
  }

  @Test
  void a_value_may_contain_an_equals_sign() {
    assertThat(new Fmtp(96, "sprop-parameter-sets=Z0IAKQ==,aM48gA==").parameters())
        .isEqualTo(Map.of("sprop-parameter-sets", "Z0IAKQ==,aM48gA=="));
  }
}
