/** Tests. */
@NullMarked
package io.github.jvbwhip.load.client;

import org.jspecify.annotations.NullMarked;
