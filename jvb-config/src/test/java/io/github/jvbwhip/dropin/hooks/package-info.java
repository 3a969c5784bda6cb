/**
 * The hooks among the bridge's own classes: loaded by a class loader that has the bridge's jars.
 */
@NullMarked
package io.github.jvbwhip.dropin.hooks;

import org.jspecify.annotations.NullMarked;
