/** How much the embedded bridge carries. */
@NullMarked
package io.github.jvbwhip.benchmarks.forward;

import org.jspecify.annotations.NullMarked;
