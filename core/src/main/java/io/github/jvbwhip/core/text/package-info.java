/** Small things that are done to texts in more than one place. */
@NullMarked
package io.github.jvbwhip.core.text;

import org.jspecify.annotations.NullMarked;
