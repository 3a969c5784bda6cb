package io.github.jvbwhip.dtls;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtpPolicy;

/** The SRTP protection profiles that are offered and taken, best first (RFC 5764 §4.1.2). */
public enum SrtpProfile {
  /** RFC 7714 §14.2; encrypts and authenticates in one pass. */
  AEAD_AES_128_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, 16, 12, 16),
  AEAD_AES_256_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_256_GCM, 32, 12, 16),
  /** What every WebRTC client has (RFC 8827 §6.5). */
  AES128_CM_HMAC_SHA1_80(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80, 16, 14, 10);

  private static final int HMAC_KEY_LENGTH = 20;

  private final int id;
  private final int keyLength;
  private final int saltLength;
  private final int tagLength;

  SrtpProfile(int id, int keyLength, int saltLength, int tagLength) {
    this.id = id;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.tagLength = tagLength;
  }

  /** The number in the use_srtp extension. */
  int id() {
    return id;
  }

  /** Bytes of a master key. */
  int keyLength() {
    return keyLength;
  }

  /** Bytes of a master salt. */
  int saltLength() {
    return saltLength;
  }

  /** Bytes of key material for both directions (RFC 5764 §4.2). */
  public int keyMaterialLength() {
    return 2 * (keyLength + saltLength);
  }

  /** Their numbers, in order. */
  static int[] ids(List<SrtpProfile> profiles) {
    return profiles.stream().mapToInt(SrtpProfile::id).toArray();
  }

  /** The first of ours that is among the offered. */
  static Optional<SrtpProfile> select(List<SrtpProfile> ours, int[] offered) {
    for (SrtpProfile profile : ours) {
      for (int id : offered) {
        if (profile.id == id) {
          return Optional.of(profile);
        }
      }
    }
    return Optional.empty();
  }

  /** A policy for RTP or RTCP; they have the same in all of these profiles. */
  public SrtpPolicy policy() {
    boolean aead = this != AES128_CM_HMAC_SHA1_80;
    SrtpPolicy policy =
        new SrtpPolicy(
            aead ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION,
            keyLength,
            aead ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION,
            aead ? 0 : HMAC_KEY_LENGTH,
            tagLength,
            saltLength);
    // A retransmission without RTX is the same packet again (RFC 4588 §1).
    policy.setSendReplayEnabled(false);
    return policy;
  }
}
