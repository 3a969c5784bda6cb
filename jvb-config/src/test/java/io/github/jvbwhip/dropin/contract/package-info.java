/**
 * The bridge contract inside the bridge: loaded by a class loader that has the bridge's own jars.
 */
@NullMarked
package io.github.jvbwhip.dropin.contract;

import org.jspecify.annotations.NullMarked;
