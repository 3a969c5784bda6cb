/** How fast a running server signals. */
@NullMarked
package io.github.jvbwhip.benchmarks.signalling;

import org.jspecify.annotations.NullMarked;
