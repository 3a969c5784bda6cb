/** Tells another server what is published and watched. */
@NullMarked
package io.github.jvbwhip.operator.notifications;

import org.jspecify.annotations.NullMarked;
