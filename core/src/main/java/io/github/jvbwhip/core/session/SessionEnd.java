package io.github.jvbwhip.core.session;

import java.time.Instant;

/**
 * How a session ended.
 *
 * @param detail for the log: what a person who runs the server wants to know
 */
public record SessionEnd(SessionEndReason reason, String detail, Instant at) {}
