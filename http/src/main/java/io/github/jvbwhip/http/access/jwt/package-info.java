/** Callers who bring JSON Web Tokens (RFC 7519), with the claims of Jitsi's tokens. */
@NullMarked
package io.github.jvbwhip.http.access.jwt;

import org.jspecify.annotations.NullMarked;
