/** How threads are made. */
@NullMarked
package io.github.jvbwhip.core.threads;

import org.jspecify.annotations.NullMarked;
