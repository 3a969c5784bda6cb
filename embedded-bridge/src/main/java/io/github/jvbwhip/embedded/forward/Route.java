package io.github.jvbwhip.embedded.forward;

/**
 * What an SSRC of a publisher is.
 *
 * @param retransmission whether it carries retransmissions of the encoding (RFC 4588)
 */
record Route(Encoding encoding, boolean retransmission) {}
