/** Benchmarks of the packet path: time and allocation per packet. */
@NullMarked
package io.github.jvbwhip.benchmarks.rtp;

import org.jspecify.annotations.NullMarked;
