/** The pages (rooms, publish, watch, embed), and the elements that other sites import. */
@NullMarked
package io.github.jvbwhip.http.pages;

import org.jspecify.annotations.NullMarked;
