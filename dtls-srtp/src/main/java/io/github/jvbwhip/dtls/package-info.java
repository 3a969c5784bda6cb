/** DTLS-SRTP (RFC 5764) on Bouncy Castle: certificates, handshakes, and the keys they yield. */
@NullMarked
package io.github.jvbwhip.dtls;

import org.jspecify.annotations.NullMarked;
