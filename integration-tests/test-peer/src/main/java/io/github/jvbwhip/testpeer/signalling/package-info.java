/** The HTTP side of WHIP and WHEP as a client does it. */
@NullMarked
package io.github.jvbwhip.testpeer.signalling;

import org.jspecify.annotations.NullMarked;
