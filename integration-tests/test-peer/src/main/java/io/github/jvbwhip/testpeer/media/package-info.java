/** Synthetic audio and video: payloads with real headers and meaningless contents. */
@NullMarked
package io.github.jvbwhip.testpeer.media;

import org.jspecify.annotations.NullMarked;
