/** What happens in rooms, told once and played on the fake Jitsi Videobridge and on a real one. */
@NullMarked
package io.github.jvbwhip.jvb.scenario;

import org.jspecify.annotations.NullMarked;
