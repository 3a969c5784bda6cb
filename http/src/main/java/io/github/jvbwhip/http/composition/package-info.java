/** Puts a product together: plugins, what they mount, and the order of closing. */
@NullMarked
package io.github.jvbwhip.http.composition;

import org.jspecify.annotations.NullMarked;
