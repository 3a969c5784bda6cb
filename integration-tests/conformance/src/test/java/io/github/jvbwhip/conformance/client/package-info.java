/** How the suite's client reads what servers say. */
@NullMarked
package io.github.jvbwhip.conformance.client;

import org.jspecify.annotations.NullMarked;
