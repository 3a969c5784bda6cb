/** One WHIP or WHEP session from its POST to its DELETE. */
@NullMarked
package io.github.jvbwhip.load.client;

import org.jspecify.annotations.NullMarked;
