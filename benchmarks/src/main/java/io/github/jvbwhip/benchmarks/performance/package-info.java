/** What the bridges take, side by side with other servers: the report in docs/performance.md. */
@NullMarked
package io.github.jvbwhip.benchmarks.performance;

import org.jspecify.annotations.NullMarked;
