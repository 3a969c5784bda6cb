/**
 * What whoever runs the server sees and does: sessions and their ends, rooms, named endpoints,
 * notifications.
 */
@NullMarked
package io.github.jvbwhip.operator;

import org.jspecify.annotations.NullMarked;
