/**
 * WHEP (draft-ietf-wish-whep) with its event and layer extensions: endpoints, and the sessions of
 * players, on whatever bridge is handed in.
 */
@NullMarked
package io.github.jvbwhip.whep;

import org.jspecify.annotations.NullMarked;
