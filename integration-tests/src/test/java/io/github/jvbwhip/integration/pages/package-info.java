/** The pages and the elements that they are made of, in real browsers. */
@NullMarked
package io.github.jvbwhip.integration.pages;

import org.jspecify.annotations.NullMarked;
