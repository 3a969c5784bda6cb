/** The suite against the product, and against servers that are wrong on purpose. */
@NullMarked
package io.github.jvbwhip.conformance;

import org.jspecify.annotations.NullMarked;
