/** What whoever runs a server sees of real clients, and does to them. */
@NullMarked
package io.github.jvbwhip.integration.operator;

import org.jspecify.annotations.NullMarked;
