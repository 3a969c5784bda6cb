/** Puts the plugins on a Jitsi Videobridge: found by Jersey, configured by jvb.conf. */
@NullMarked
package io.github.jvbwhip.dropin;

import org.jspecify.annotations.NullMarked;
