/** Networks that are as bad as a test wants them, between a client and a server. */
@NullMarked
package io.github.jvbwhip.testpeer.network;

import org.jspecify.annotations.NullMarked;
