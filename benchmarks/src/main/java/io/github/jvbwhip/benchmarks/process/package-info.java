/** The processes that benchmarks start, and what they use. */
@NullMarked
package io.github.jvbwhip.benchmarks.process;

import org.jspecify.annotations.NullMarked;
