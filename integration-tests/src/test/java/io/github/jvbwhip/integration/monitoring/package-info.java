/** What servers tell of themselves, and what dashboards and alerts make of it. */
@NullMarked
package io.github.jvbwhip.integration.monitoring;

import org.jspecify.annotations.NullMarked;
