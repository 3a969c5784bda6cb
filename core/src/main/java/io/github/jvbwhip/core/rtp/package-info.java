/**
 * RTP packets in place: header views, rewriters and the arithmetic of a forwarded stream, over
 * (byte[], offset, length), with no I/O and no allocation per packet.
 */
@NullMarked
package io.github.jvbwhip.core.rtp;

import org.jspecify.annotations.NullMarked;
