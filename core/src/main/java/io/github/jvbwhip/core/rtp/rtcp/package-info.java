/**
 * RTCP packets in place (RFC 3550, RFC 4585, RFC 5104): views, builders and the statistics behind
 * them.
 */
@NullMarked
package io.github.jvbwhip.core.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
