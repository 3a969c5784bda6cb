/** WHIP (RFC 9725): endpoints, and the sessions of publishers, on whatever bridge is handed in. */
@NullMarked
package io.github.jvbwhip.whip;

import org.jspecify.annotations.NullMarked;
