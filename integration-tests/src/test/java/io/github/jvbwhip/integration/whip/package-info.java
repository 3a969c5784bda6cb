/**
 * RFC 9725, section by section, on every bridge: what the conformance suite cannot see or cause.
 */
@NullMarked
package io.github.jvbwhip.integration.whip;

import org.jspecify.annotations.NullMarked;
