package io.github.jvbwhip.integration.clients;

/**
 * What a player has decoded so far.
 *
 * @param frames decoded frames
 * @param changes how often a frame's contents differed from the one before
 * @param width of the latest frame in pixels
 * @param height of the latest frame in pixels
 */
public record VideoSeen(int frames, int changes, int width, int height) {}
