package io.github.jvbwhip.integration.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test, by name and with the reason, on a machine that lacks a tool; with {@code CI=true}
 * in the environment the test fails instead, since CI installs them all.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresCondition.class)
public @interface Requires {
  /** The tools that the test cannot do without. */
  Tool[] value();
}
