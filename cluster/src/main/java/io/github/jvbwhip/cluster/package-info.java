/**
 * One stream on many bridges: which members there are, where a room lives, and the tree of links
 * over which it is watched anywhere.
 */
@NullMarked
package io.github.jvbwhip.cluster;

import org.jspecify.annotations.NullMarked;
