/** STUN messages (RFC 8489) as ICE sends them, and what some clients leave out of theirs. */
@NullMarked
package io.github.jvbwhip.core.stun;

import org.jspecify.annotations.NullMarked;
