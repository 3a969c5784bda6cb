/** Session descriptions as a client writes and reads them, apart from the product's own parser. */
@NullMarked
package io.github.jvbwhip.testpeer.sdp;

import org.jspecify.annotations.NullMarked;
