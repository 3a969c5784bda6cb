/** What is sent and what has come: stamps, losses, frames, freezes. */
@NullMarked
package io.github.jvbwhip.load.media;

import org.jspecify.annotations.NullMarked;
