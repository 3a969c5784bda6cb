/** A conformance suite for any WHIP or WHEP server: what {@code ./conformance} runs. */
@NullMarked
package io.github.jvbwhip.conformance;

import org.jspecify.annotations.NullMarked;
