/** The client that the checks act as: HTTP, offers, event streams, WebRTC peers. */
@NullMarked
package io.github.jvbwhip.conformance.client;

import org.jspecify.annotations.NullMarked;
