/**
 * Resources, and the servlet that does for all of them what does not depend on the resource: the
 * way from a servlet request to a resource and back, with bounded bodies, problem details, CORS,
 * bearer tokens, rate limits, and the session resource.
 *
 * <p>A plugin brings a {@link io.github.jvbwhip.http.resources.Router} that finds its {@link
 * io.github.jvbwhip.http.resources.Resource}s and hands it to a {@link
 * io.github.jvbwhip.http.resources.SignallingServlet}. A resource says which methods and media
 * types it takes, and turns a {@link io.github.jvbwhip.http.exchange.Call} into a {@link
 * io.github.jvbwhip.http.exchange.Reply} or a {@link
 * io.github.jvbwhip.http.problems.ProblemException}; everything else (OPTIONS, HEAD, 405, 401, 413,
 * 415, 429, CORS, errors as {@code application/problem+json}) is done for it. {@link
 * io.github.jvbwhip.http.sessions.SessionResource} is the session of both protocols.
 */
@NullMarked
package io.github.jvbwhip.http.resources;

import org.jspecify.annotations.NullMarked;
