package io.github.jvbwhip.dtls;

import java.util.Arrays;

/** What a DTLS handshake yields for SRTP (RFC 5764 §4.2). Immutable. */
public final class SrtpKeys {
  private final SrtpProfile profile;
  private final byte[] material;
  private final boolean client;

  /**
   * Takes the result of an exporter (RFC 5705).
   *
   * @param material client key, server key, client salt, server salt
   * @param client whether this side was the DTLS client
   */
  public SrtpKeys(SrtpProfile profile, byte[] material, boolean client) {
    if (material.length != profile.keyMaterialLength()) {
      throw new IllegalArgumentException("key material of " + material.length + " bytes");
    }
    this.profile = profile;
    this.material = material.clone();
    this.client = client;
  }

  public SrtpProfile profile() {
    return profile;
  }

  public byte[] localKey() {
    return part(client ? 0 : profile.keyLength(), profile.keyLength());
  }

  public byte[] remoteKey() {
    return part(client ? profile.keyLength() : 0, profile.keyLength());
  }

  public byte[] localSalt() {
    return part(
        2 * profile.keyLength() + (client ? 0 : profile.saltLength()), profile.saltLength());
  }

  public byte[] remoteSalt() {
    return part(
        2 * profile.keyLength() + (client ? profile.saltLength() : 0), profile.saltLength());
  }

  private byte[] part(int from, int length) {
    return Arrays.copyOfRange(material, from, from + length);
  }
}
