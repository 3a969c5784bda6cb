/** Who is shown what: pure functions over what a room looks like. */
@NullMarked
package io.github.jvbwhip.jvb.room;

import org.jspecify.annotations.NullMarked;
