/** The checks, one for each requirement that can be seen from outside, grouped by resource. */
@NullMarked
package io.github.jvbwhip.conformance.checks;

import org.jspecify.annotations.NullMarked;
