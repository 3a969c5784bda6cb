/** What tells programs how the server is: its metrics, and its health. */
@NullMarked
package io.github.jvbwhip.standalone.monitoring;

import org.jspecify.annotations.NullMarked;
