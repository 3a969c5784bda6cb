/**
 * What players of others need beyond a picture: events, layers, long lives; with their own code.
 */
@NullMarked
package io.github.jvbwhip.integration.players;

import org.jspecify.annotations.NullMarked;
