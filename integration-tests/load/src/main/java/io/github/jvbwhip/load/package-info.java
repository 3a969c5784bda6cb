/** Publishers and players for any WHIP or WHEP server: what {@code ./load} runs. */
@NullMarked
package io.github.jvbwhip.load;

import org.jspecify.annotations.NullMarked;
