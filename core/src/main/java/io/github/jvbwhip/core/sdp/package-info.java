/**
 * Session descriptions (RFC 8866) and ICE fragments (RFC 8840): typed, lossless, bounded; depends
 * on nothing.
 */
@NullMarked
package io.github.jvbwhip.core.sdp;

import org.jspecify.annotations.NullMarked;
