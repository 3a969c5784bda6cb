/**
 * The forwarding unit, free of sockets and threads: packets and the time come in, packets go out to
 * sinks.
 */
@NullMarked
package io.github.jvbwhip.embedded.forward;

import org.jspecify.annotations.NullMarked;
