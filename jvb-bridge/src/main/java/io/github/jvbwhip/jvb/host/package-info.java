/** The seam to Jitsi Videobridge: what rooms need of one, in the port's words. */
@NullMarked
package io.github.jvbwhip.jvb.host;

import org.jspecify.annotations.NullMarked;
