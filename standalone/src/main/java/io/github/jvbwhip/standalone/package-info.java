/** The composition root without JVB: Jetty, the embedded bridge, both plugins and the pages. */
@NullMarked
package io.github.jvbwhip.standalone;

import org.jspecify.annotations.NullMarked;
