/**
 * What the WHIP and the WHEP servlet share: the way from a servlet request to a resource and back,
 * with bounded bodies, problem details, CORS, bearer tokens, rate limits, and the session resource.
 *
 * <p>A plugin brings a {@link io.github.jvbwhip.http.Router} that finds its {@link
 * io.github.jvbwhip.http.Resource}s and hands it to a {@link
 * io.github.jvbwhip.http.SignallingServlet}. A resource says which methods and media types it
 * takes, and turns a {@link io.github.jvbwhip.http.Call} into a {@link
 * io.github.jvbwhip.http.Reply} or a {@link io.github.jvbwhip.http.ProblemException}; everything
 * else (OPTIONS, HEAD, 405, 401, 413, 415, 429, CORS, errors as {@code application/problem+json})
 * is done for it. {@link io.github.jvbwhip.http.SessionResource} is the session of both protocols.
 */
@NullMarked
package io.github.jvbwhip.http;

import org.jspecify.annotations.NullMarked;
