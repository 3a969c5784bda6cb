package io.github.jvbwhip.core.negotiation;

/** Ways in which real clients differ from the standards, and that can be allowed one by one. */
public enum Leniency {
  /** {@code a=setup:passive} in an offer (RFC 9725 §4.4.4 allows actpass and active). */
  PASSIVE_SETUP,
  /** No {@code a=setup}: taken for {@code actpass}. */
  MISSING_SETUP,
  /** An m-section without a MediaStream (RFC 9725 §4.4.2 wants {@code a=msid} in each). */
  MISSING_MSID,
  /**
   * A publisher's sections of several MediaStreams, such as a microphone and a screen (RFC 9725
   * §4.4.2 has one): all that comes in one session belongs together.
   */
  SEVERAL_STREAMS,
  /**
   * Several audio or several video m-sections from a publisher (RFC 9725 §4.4.2 has one of each),
   * such as a camera and a screen: they are the tracks of one stream, the first of a kind before
   * the others.
   */
  SEVERAL_INGEST_SECTIONS,
  /** {@code a=rtcp-mux-only} with no {@code a=rtcp-mux} beside it (RFC 8858 §3). */
  RTCP_MUX_IMPLIED,
  /** A single m-section outside of any BUNDLE group, {@code a=mid} or not. */
  UNBUNDLED_SINGLE_SECTION,
  /**
   * A mid twice in the BUNDLE group, or several groups of which one has all that the others name
   * (RFC 9143 §7.1: a mid is in one group).
   */
  REPEATED_GROUP,
  /** A BUNDLE group with a mid that no m-section has: it is left out. */
  UNKNOWN_BUNDLE_MID,
  /** Port 0 in a bundled m-section, with no {@code a=bundle-only} (RFC 9143 §7.1.3). */
  MISSING_BUNDLE_ONLY,
  /** {@code opus/48000} without {@code /2}, which RFC 7587 §7 has in any case: taken for it. */
  OPUS_WITHOUT_CHANNELS,
  /**
   * A fingerprint that is longer or shorter than its hash function says (RFC 8122 §5), beside one
   * that is not: it is passed over.
   */
  ODD_FINGERPRINT,
  /** An {@code ssrc-group:SIM} of more SSRCs than encodings are taken: it is left out. */
  LARGE_SSRC_GROUP,
  /** The same ICE credentials written several times in one place of a fragment. */
  REPEATED_CREDENTIALS,
  /** One header-extension id for two URIs in a BUNDLE group: the first one is answered. */
  EXTENSION_ID_CONFLICT,
  /**
   * Several audio or several video m-sections from a player (WHEP §4.6.2 has one MediaStreamTrack
   * of each kind): each gets another source.
   */
  SEVERAL_EGRESS_SECTIONS,
  /**
   * A player's m-section that cannot be served, beside one that can, is refused with port 0 instead
   * of the offer being refused.
   */
  PARTIAL_EGRESS_ANSWER,
  /**
   * A publisher's m-section that is neither audio nor video, such as a data channel, is refused
   * with port 0 instead of the offer being refused (RFC 9725 §4.4.3 has all sections or none).
   */
  OTHER_INGEST_SECTIONS
}
