/** Checks that the running bridge has the members that the plugin uses. */
@NullMarked
package io.github.jvbwhip.jvb.linkage;

import org.jspecify.annotations.NullMarked;
