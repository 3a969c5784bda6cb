/** What those who watch notice of the bridge, and of others. */
@NullMarked
package io.github.jvbwhip.benchmarks.disturbance;

import org.jspecify.annotations.NullMarked;
