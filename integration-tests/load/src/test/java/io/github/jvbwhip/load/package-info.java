/** Tests. */
@NullMarked
package io.github.jvbwhip.load;

import org.jspecify.annotations.NullMarked;
