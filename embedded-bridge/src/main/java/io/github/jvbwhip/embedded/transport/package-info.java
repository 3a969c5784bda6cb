/** ICE, DTLS and SRTP for every session of the embedded bridge over one UDP port. */
@NullMarked
package io.github.jvbwhip.embedded.transport;

import org.jspecify.annotations.NullMarked;
