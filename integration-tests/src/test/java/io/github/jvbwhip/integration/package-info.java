/** Real clients against the product. */
@NullMarked
package io.github.jvbwhip.integration;

import org.jspecify.annotations.NullMarked;
