/** A room as Jitsi Meet has it: a real XMPP server, and a focus and people by script. */
@NullMarked
package io.github.jvbwhip.xmpp;

import org.jspecify.annotations.NullMarked;
