/** Endpoints with names and tokens of their own, which are kept over restarts. */
@NullMarked
package io.github.jvbwhip.operator.endpoints;

import org.jspecify.annotations.NullMarked;
