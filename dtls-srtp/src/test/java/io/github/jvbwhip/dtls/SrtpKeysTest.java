package io.github.jvbwhip.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both sides of most tests cut their keys here, so that a mistake would make no difference to them:
 * the order is held against RFC 5764 §4.2, and real clients against it.
 */
class SrtpKeysTest {

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void keys_come_first_and_the_clients_before_the_servers(SrtpProfile profile) {
    int key = profile.keyLength();
    int salt = profile.saltLength();
    byte[] material = new byte[2 * (key + salt)];
    Arrays.fill(material, 0, key, (byte) 1);
    Arrays.fill(material, key, 2 * key, (byte) 2);
    Arrays.fill(material, 2 * key, 2 * key + salt, (byte) 3);
    Arrays.fill(material, 2 * key + salt, material.length, (byte) 4);

    SrtpKeys client = new SrtpKeys(profile, material, true);
    SrtpKeys server = new SrtpKeys(profile, material, false);

    assertThat(client.localKey()).hasSize(key).containsOnly(1);
    assertThat(client.remoteKey()).hasSize(key).containsOnly(2);
    assertThat(client.localSalt()).hasSize(salt).containsOnly(3);
    assertThat(client.remoteSalt()).hasSize(salt).containsOnly(4);
    assertThat(server.localKey()).isEqualTo(client.remoteKey());
    assertThat(server.remoteKey()).isEqualTo(client.localKey());
    assertThat(server.localSalt()).isEqualTo(client.remoteSalt());
    assertThat(server.remoteSalt()).isEqualTo(client.localSalt());
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void material_of_another_length_is_refused(SrtpProfile profile) {
    byte[] material = new byte[profile.keyMaterialLength() - 1];

    assertThatThrownBy(() -> new SrtpKeys(profile, material, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
