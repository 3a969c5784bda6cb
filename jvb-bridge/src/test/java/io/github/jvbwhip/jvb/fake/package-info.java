/** A Jitsi Videobridge that is none: the seam in memory, with media. */
@NullMarked
package io.github.jvbwhip.jvb.fake;

import org.jspecify.annotations.NullMarked;
