/**
 * The first picture of those who join: the packets since the last keyframe, and how fast they go
 * out; shared by both bridges, with no I/O and no allocation per packet.
 */
@NullMarked
package io.github.jvbwhip.core.picture;

import org.jspecify.annotations.NullMarked;
