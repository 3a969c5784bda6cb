/** How fast events reach many streams, and what an idle stream costs. */
@NullMarked
package io.github.jvbwhip.benchmarks.sse;

import org.jspecify.annotations.NullMarked;
