/**
 * RTP header extensions (RFC 8285): finding, rewriting and adding elements, and reading their
 * values.
 */
@NullMarked
package io.github.jvbwhip.core.rtp.extension;

import org.jspecify.annotations.NullMarked;
