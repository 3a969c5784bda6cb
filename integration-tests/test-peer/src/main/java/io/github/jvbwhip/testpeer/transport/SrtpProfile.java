package io.github.jvbwhip.testpeer.transport;

import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtpPolicy;

/** The SRTP protection profiles that the peer can offer (RFC 5764 section 4.1.2, RFC 7714). */
public enum SrtpProfile {
  AES_CM_128_HMAC_SHA1_80(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80, 16, 14, false),
  AEAD_AES_128_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, 16, 12, true),
  AEAD_AES_256_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_256_GCM, 32, 12, true);

  private final int code;
  private final int keyLength;
  private final int saltLength;
  private final boolean gcm;

  SrtpProfile(int code, int keyLength, int saltLength, boolean gcm) {
    this.code = code;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.gcm = gcm;
  }

  int code() {
    return code;
  }

  int keyLength() {
    return keyLength;
  }

  int saltLength() {
    return saltLength;
  }

  SrtpPolicy policy() {
    return gcm
        ? new SrtpPolicy(
            SrtpPolicy.AESGCM_ENCRYPTION,
            keyLength,
            SrtpPolicy.NULL_AUTHENTICATION,
            0,
            16,
            saltLength)
        : new SrtpPolicy(
            SrtpPolicy.AESCM_ENCRYPTION,
            keyLength,
            SrtpPolicy.HMACSHA1_AUTHENTICATION,
            20,
            10,
            saltLength);
  }
}
