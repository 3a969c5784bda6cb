/** Foreign WebRTC clients, started and watched by the tests. */
@NullMarked
package io.github.jvbwhip.integration.clients;

import org.jspecify.annotations.NullMarked;
