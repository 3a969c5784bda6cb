/** The seam on a real Jitsi Videobridge; nothing outside this package touches its classes. */
@NullMarked
package io.github.jvbwhip.jvb.videobridge;

import org.jspecify.annotations.NullMarked;
