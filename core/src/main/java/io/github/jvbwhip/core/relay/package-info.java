/**
 * What bridges have to do for one another so that a room is the same on several of them: links, and
 * what is told over them. Who links to whom is not decided here.
 */
@NullMarked
package io.github.jvbwhip.core.relay;

import org.jspecify.annotations.NullMarked;
