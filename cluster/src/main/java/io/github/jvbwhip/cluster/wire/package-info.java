/** What members say to each other: messages, how they are signed, and how they travel. */
@NullMarked
package io.github.jvbwhip.cluster.wire;

import org.jspecify.annotations.NullMarked;
