/** A WebRTC peer in plain Java that publishes and plays over WHIP and WHEP in tests. */
@NullMarked
package io.github.jvbwhip.testpeer;

import org.jspecify.annotations.NullMarked;
