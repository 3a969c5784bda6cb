/**
 * The port on a small forwarding unit of its own: for trying out, for tests, and for installations
 * that need no Jitsi Videobridge.
 */
@NullMarked
package io.github.jvbwhip.embedded;

import org.jspecify.annotations.NullMarked;
