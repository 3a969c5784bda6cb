/**
 * What a forwarder has to know of RTP payloads: keyframes, layers, picture numbers and picture
 * size.
 */
@NullMarked
package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.NullMarked;
