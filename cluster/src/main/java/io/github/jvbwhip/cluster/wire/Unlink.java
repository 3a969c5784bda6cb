package io.github.jvbwhip.cluster.wire;

/**
 * A link has ended.
 *
 * @param why for the log
 */
public record Unlink(String link, String why) {}
