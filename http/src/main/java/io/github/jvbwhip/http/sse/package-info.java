/**
 * Server-sent events (WHATWG HTML §9.2) over the servlet's non-blocking output: a pure encoder, a
 * bounded buffer that is queue and replay in one, and streams whose producers never wait.
 */
@NullMarked
package io.github.jvbwhip.http.sse;

import org.jspecify.annotations.NullMarked;
