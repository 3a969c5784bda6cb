package io.github.jvbwhip.core.negotiation;

/** Ways in which real clients differ from the standards, and that can be allowed one by one. */
public enum Leniency {
  /** {@code a=setup:passive} in an offer (RFC 9725 §4.4.4 allows actpass and active). */
  PASSIVE_SETUP,
  /** No {@code a=setup}: taken for {@code actpass}. */
  MISSING_SETUP,
  /** An m-section without a MediaStream (RFC 9725 §4.4.2 wants {@code a=msid} in each). */
  MISSING_MSID,
  /** {@code a=rtcp-mux-only} with no {@code a=rtcp-mux} beside it (RFC 8858 §3). */
  RTCP_MUX_IMPLIED,
  /** A single m-section outside of any BUNDLE group, {@code a=mid} or not. */
  UNBUNDLED_SINGLE_SECTION,
  /** Port 0 in a bundled m-section, with no {@code a=bundle-only} (RFC 9143 §7.1.3). */
  MISSING_BUNDLE_ONLY,
  /** {@code opus/48000} without {@code /2}, which RFC 7587 §7 has in any case: taken for it. */
  OPUS_WITHOUT_CHANNELS,
  /** A client that is ICE-lite (RFC 9725 §4.4.5: the client is a full agent). */
  ICE_LITE_CLIENT,
  /** One header-extension id for two URIs in a BUNDLE group: the first one is answered. */
  EXTENSION_ID_CONFLICT,
  /**
   * Several audio or several video m-sections from a player (WHEP §4.6.2 has one MediaStreamTrack
   * of each kind): each gets another source.
   */
  SEVERAL_EGRESS_SECTIONS,
  /**
   * A player's m-section that cannot be served, beside one that can, is refused with port 0 instead
   * of the offer being refused. Never for publishers.
   */
  PARTIAL_EGRESS_ANSWER
}
