/**
 * The port: what WHIP and WHEP need from any bridge, in the standards' words, with no SDP text, no
 * XML and no servlet in it.
 */
@NullMarked
package io.github.jvbwhip.core.bridge;

import org.jspecify.annotations.NullMarked;
