package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;

/** Small offers, written line by line, for tests that change one thing. */
final class Offers {
  static final String HEAD = "v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\n";

  static final String TRANSPORT =
      "a=ice-ufrag:abcd\n"
          + "a=ice-pwd:abcdefghijklmnopqrstuvwx\n"
          + "a=fingerprint:sha-256 "
          + Fixtures.FINGERPRINT
          + "\n"
          + "a=setup:actpass\n";

  static final String MUX = "a=rtcp-mux\na=rtcp-mux-only\n";

  static final String AUDIO =
      "m=audio 9 UDP/TLS/RTP/SAVPF 111\n"
          + TRANSPORT
          + "a=mid:0\na=sendonly\na=msid:s a\n"
          + MUX
          + "a=rtpmap:111 opus/48000/2\n";

  static final String VIDEO =
      "m=video 9 UDP/TLS/RTP/SAVPF 96\n"
          + TRANSPORT
          + "a=mid:1\na=sendonly\na=msid:s v\n"
          + MUX
          + "a=rtpmap:96 VP8/90000\n";

  /** A data channel, as browsers offer it. */
  static final String DATA =
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:2\n" + TRANSPORT;

  /** A publisher's offer that follows RFC 9725 to the letter. */
  static final String PUBLISHER = HEAD + "a=group:BUNDLE 0 1\n" + AUDIO + VIDEO;

  /** A player's offer that follows the draft to the letter. */
  static final String PLAYER =
      PUBLISHER
          .replace("sendonly", "recvonly")
          .replace("a=msid:s a\n", "")
          .replace("a=msid:s v\n", "");

  private Offers() {}

  /** A publisher's offer of one video section with those lines instead of its one codec. */
  static SessionDescription video(String payloadTypes, String... lines) {
    return Fixtures.parse(
        HEAD
            + "a=group:BUNDLE 1\n"
            + VIDEO
                .replace("SAVPF 96", "SAVPF " + payloadTypes)
                .replace("a=rtpmap:96 VP8/90000\n", "")
            + String.join("\n", List.of(lines))
            + "\n");
  }

  /** A publisher's offer of one audio section with those lines instead of its one codec. */
  static SessionDescription audio(String payloadTypes, String... lines) {
    return Fixtures.parse(
        HEAD
            + "a=group:BUNDLE 0\n"
            + AUDIO
                .replace("SAVPF 111", "SAVPF " + payloadTypes)
                .replace("a=rtpmap:111 opus/48000/2\n", "")
            + String.join("\n", List.of(lines))
            + "\n");
  }
}
