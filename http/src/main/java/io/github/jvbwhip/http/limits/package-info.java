/** How much a client may ask for. */
@NullMarked
package io.github.jvbwhip.http.limits;

import org.jspecify.annotations.NullMarked;
