/** What the plugin costs a Jitsi Videobridge. */
@NullMarked
package io.github.jvbwhip.benchmarks.jvb;

import org.jspecify.annotations.NullMarked;
