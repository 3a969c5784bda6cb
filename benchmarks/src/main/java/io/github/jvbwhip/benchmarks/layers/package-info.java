/** How soon a player sees the layer that it has chosen. */
@NullMarked
package io.github.jvbwhip.benchmarks.layers;

import org.jspecify.annotations.NullMarked;
