package io.github.jvbwhip.conformance;

/**
 * One sentence of a standard that a server has to follow.
 *
 * @param id stable, such as {@code whip-post-created}
 * @param group the resource or topic
 * @param section where the standard says it
 * @param sentence what is required, in one sentence
 */
public record Requirement(String id, String group, String section, Level level, String sentence) {}
