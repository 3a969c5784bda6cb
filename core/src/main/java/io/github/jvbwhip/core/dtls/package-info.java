/** What comes in of DTLS (RFC 6347), before whoever does the handshake sees it. */
@NullMarked
package io.github.jvbwhip.core.dtls;

import org.jspecify.annotations.NullMarked;
