/** The hooks in the bridge's packet path: thin adapters between its packets and {@code media}. */
@NullMarked
package io.github.jvbwhip.jvb.videobridge.hooks;

import org.jspecify.annotations.NullMarked;
