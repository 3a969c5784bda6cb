/** The server as an edge of others, and what it forwards. */
@NullMarked
package io.github.jvbwhip.integration.edge;

import org.jspecify.annotations.NullMarked;
