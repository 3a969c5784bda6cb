/** Holds docs/concurrency.md to its word: it lists every thread. */
@NullMarked
package io.github.jvbwhip.core.threads;

import org.jspecify.annotations.NullMarked;
