/**
 * Colibri2 requests and responses as pure functions: the port's records in, stanzas out, and back.
 */
@NullMarked
package io.github.jvbwhip.jvb.videobridge.colibri;

import org.jspecify.annotations.NullMarked;
