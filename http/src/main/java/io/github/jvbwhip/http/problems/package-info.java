/**
 * Errors that a client can meet, as problem documents (RFC 9457), and what inside the server means
 * which of them.
 */
@NullMarked
package io.github.jvbwhip.http.problems;

import org.jspecify.annotations.NullMarked;
