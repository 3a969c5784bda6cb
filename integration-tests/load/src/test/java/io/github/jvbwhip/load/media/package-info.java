/** Tests. */
@NullMarked
package io.github.jvbwhip.load.media;

import org.jspecify.annotations.NullMarked;
