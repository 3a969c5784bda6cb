/** Who may do what: one question, {@link Authorizer}, and the answer of configured tokens to it. */
@NullMarked
package io.github.jvbwhip.http.access;

import org.jspecify.annotations.NullMarked;
