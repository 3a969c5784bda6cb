package io.github.jvbwhip.dropin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of a class, by name and with the reason, where no Jitsi Videobridge is installed.
 * An assumption in a {@code @BeforeAll} would do so without a word.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresJvb.Condition.class)
public @interface RequiresJvb {

  /** Carries it out. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return JvbHome.find().isPresent()
          ? ConditionEvaluationResult.enabled("a Jitsi Videobridge is installed")
          : ConditionEvaluationResult.disabled(JvbHome.MISSING);
    }
  }
}
