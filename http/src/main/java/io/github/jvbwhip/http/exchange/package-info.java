/** A request and its response, read and written without holding a thread. */
@NullMarked
package io.github.jvbwhip.http.exchange;

import org.jspecify.annotations.NullMarked;
