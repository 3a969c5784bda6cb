package io.github.jvbwhip.dtls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CertificateFingerprintTest {
  /** FIPS 180-4's example. */
  private static final byte[] ABC = "abc".getBytes(US_ASCII);

  private static final String SHA_256_OF_ABC =
      "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

  @Test
  void is_written_and_read_as_the_attribute_has_it() {
    CertificateFingerprint fingerprint = CertificateFingerprint.sha256(ABC);

    assertThat(fingerprint).hasToString("sha-256 " + SHA_256_OF_ABC);
    assertThat(CertificateFingerprint.parse(fingerprint.toString())).isEqualTo(fingerprint);
    assertThatThrownBy(() -> CertificateFingerprint.parse("sha-256"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matches_its_certificate_only_and_in_any_case_of_letters() {
    CertificateFingerprint lower =
        new CertificateFingerprint("SHA-256", SHA_256_OF_ABC.toLowerCase(java.util.Locale.ROOT));

    assertThat(lower.matches(ABC)).isTrue();
    assertThat(lower.matches("abd".getBytes(US_ASCII))).isFalse();
    assertThat(new CertificateFingerprint("sha-256", "").matches(ABC)).isFalse();
  }

  @Test
  void weak_hashes_match_nothing() {
    CertificateFingerprint sha1 =
        new CertificateFingerprint(
            "sha-1", "A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D");

    assertThat(sha1.isUsable()).isFalse();
    assertThat(sha1.matches(ABC)).isFalse();
  }
}
