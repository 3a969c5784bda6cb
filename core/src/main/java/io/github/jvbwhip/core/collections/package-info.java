/** What Java's collections lack. */
@NullMarked
package io.github.jvbwhip.core.collections;

import org.jspecify.annotations.NullMarked;
