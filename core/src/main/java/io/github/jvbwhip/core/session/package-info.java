/**
 * Sessions: what a POST creates, from its secret URL to its tombstone, with the rules of RFC 9725
 * §4.3 for entity tags and ICE updates.
 */
@NullMarked
package io.github.jvbwhip.core.session;

import org.jspecify.annotations.NullMarked;
