package io.github.jvbwhip.cluster.wire;

/**
 * Who is at a URL.
 *
 * @param self the member's name, which is the URL for everything else
 * @param incarnation of its process: another one after each start
 */
public record Hello(String self, String incarnation) {}
