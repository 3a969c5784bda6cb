/** Offer to plan to answer, as pure functions: planning may refuse, rendering cannot fail. */
@NullMarked
package io.github.jvbwhip.core.negotiation;

import org.jspecify.annotations.NullMarked;
