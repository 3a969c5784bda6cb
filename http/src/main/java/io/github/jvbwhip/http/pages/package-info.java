/** The pages: rooms, publish and watch, for trying out and for the tests. */
@NullMarked
package io.github.jvbwhip.http.pages;

import org.jspecify.annotations.NullMarked;
