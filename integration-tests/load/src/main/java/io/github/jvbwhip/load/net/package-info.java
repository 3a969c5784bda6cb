/** Sockets, event loops and ICE. */
@NullMarked
package io.github.jvbwhip.load.net;

import org.jspecify.annotations.NullMarked;
