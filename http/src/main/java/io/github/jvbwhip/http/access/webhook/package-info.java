/** Another server says who may do what. */
@NullMarked
package io.github.jvbwhip.http.access.webhook;

import org.jspecify.annotations.NullMarked;
