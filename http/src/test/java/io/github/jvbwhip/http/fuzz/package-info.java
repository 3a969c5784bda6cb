/** Clients of the HTTP resources whose requests bytes spell. */
@NullMarked
package io.github.jvbwhip.http.fuzz;

import org.jspecify.annotations.NullMarked;
