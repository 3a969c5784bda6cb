/** Tests. */
@NullMarked
package io.github.jvbwhip.load.report;

import org.jspecify.annotations.NullMarked;
