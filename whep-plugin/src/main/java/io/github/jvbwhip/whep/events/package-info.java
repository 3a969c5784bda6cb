/**
 * What players and pages are told: from the bridge's room events to server-sent events (WHEP events
 * document). Everything about a room happens on the one thread of the {@link
 * io.github.jvbwhip.whep.events.EventLoop}.
 */
@NullMarked
package io.github.jvbwhip.whep.events;

import org.jspecify.annotations.NullMarked;
