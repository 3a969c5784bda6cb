/**
 * This server as a client of others: what is published elsewhere is watched here (an edge of any
 * WHEP server), and what is published here is published elsewhere too (WHIP).
 */
@NullMarked
package io.github.jvbwhip.edge;

import org.jspecify.annotations.NullMarked;
