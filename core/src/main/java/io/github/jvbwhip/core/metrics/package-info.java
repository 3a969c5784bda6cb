/** What is counted and timed on every bridge: which metrics there are, and what they are told. */
@NullMarked
package io.github.jvbwhip.core.metrics;

import org.jspecify.annotations.NullMarked;
