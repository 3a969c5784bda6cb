/** The port on Jitsi Videobridge: rooms are conferences, publishers endpoints, players visitors. */
@NullMarked
package io.github.jvbwhip.jvb;

import org.jspecify.annotations.NullMarked;
