/** What plugins are given by whoever starts them. */
@NullMarked
package io.github.jvbwhip.http.runtime;

import org.jspecify.annotations.NullMarked;
