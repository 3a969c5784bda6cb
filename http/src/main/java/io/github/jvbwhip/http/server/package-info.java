/** An HTTP server of the product's own: HTTP/1.1 and HTTP/2, clear and over TLS, on Jetty. */
@NullMarked
package io.github.jvbwhip.http.server;

import org.jspecify.annotations.NullMarked;
