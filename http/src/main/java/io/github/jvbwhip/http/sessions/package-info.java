/** The way of a session over HTTP, the same for both protocols: its opening, its URL, its ICE. */
@NullMarked
package io.github.jvbwhip.http.sessions;

import org.jspecify.annotations.NullMarked;
