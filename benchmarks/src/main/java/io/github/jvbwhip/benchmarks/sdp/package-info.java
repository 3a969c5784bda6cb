/** What it costs to parse an offer and to answer it. */
@NullMarked
package io.github.jvbwhip.benchmarks.sdp;

import org.jspecify.annotations.NullMarked;
