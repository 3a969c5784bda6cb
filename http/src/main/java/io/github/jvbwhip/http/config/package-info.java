/** The configuration that both plugins have in common: immutable records, read from HOCON. */
@NullMarked
package io.github.jvbwhip.http.config;

import org.jspecify.annotations.NullMarked;
