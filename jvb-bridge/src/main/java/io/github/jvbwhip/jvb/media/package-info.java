/**
 * What the plugin does in the packet path, on bytes: numbers mapped, streams switched, SSRCs
 * learnt.
 */
@NullMarked
package io.github.jvbwhip.jvb.media;

import org.jspecify.annotations.NullMarked;
