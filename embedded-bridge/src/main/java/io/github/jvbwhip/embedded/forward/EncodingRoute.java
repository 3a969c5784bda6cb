package io.github.jvbwhip.embedded.forward;

/**
 * What an SSRC of a publisher is.
 *
 * @param media that the encoding is of
 * @param retransmission whether it carries retransmissions of the encoding (RFC 4588)
 */
record EncodingRoute(IncomingMedia media, Encoding encoding, boolean retransmission) {}
