/** Clients that mean harm: what they get, and that nobody else feels it. */
@NullMarked
package io.github.jvbwhip.integration.hostile;

import org.jspecify.annotations.NullMarked;
