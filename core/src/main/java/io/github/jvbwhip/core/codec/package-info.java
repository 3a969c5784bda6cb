/** The table of codecs: what is particular about each of them, in one place. */
@NullMarked
package io.github.jvbwhip.core.codec;

import org.jspecify.annotations.NullMarked;
