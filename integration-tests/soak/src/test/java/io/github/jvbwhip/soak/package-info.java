/** Tests of what is found and of who comes. */
@NullMarked
package io.github.jvbwhip.soak;

import org.jspecify.annotations.NullMarked;
