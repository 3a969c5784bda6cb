/** Tests of the command line. */
@NullMarked
package io.github.jvbwhip.benchmarks.performance;

import org.jspecify.annotations.NullMarked;
