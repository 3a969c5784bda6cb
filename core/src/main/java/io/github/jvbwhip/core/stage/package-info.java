/**
 * Who is shown what, as far as that is the same for every bridge: the stage, which m-section gets
 * which source, and what a wish for a layer leaves. Pure functions.
 */
@NullMarked
package io.github.jvbwhip.core.stage;

import org.jspecify.annotations.NullMarked;
