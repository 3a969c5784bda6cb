/** ICE, DTLS and SRTP of the test peer over one UDP socket. */
@NullMarked
package io.github.jvbwhip.testpeer.transport;

import org.jspecify.annotations.NullMarked;
