/** Clients that come and go for hours, and what they leave behind. */
@NullMarked
package io.github.jvbwhip.soak;

import org.jspecify.annotations.NullMarked;
