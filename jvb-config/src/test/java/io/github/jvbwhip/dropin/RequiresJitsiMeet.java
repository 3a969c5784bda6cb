package io.github.jvbwhip.dropin;

import io.github.jvbwhip.xmpp.Prosody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of a class, by name and with the reason, where one of the servers of a {@link
 * JitsiMeet} is not installed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresJitsiMeet.Condition.class)
public @interface RequiresJitsiMeet {
  /** What to say where there is none. */
  String PROSODY_MISSING = "no Prosody found (package prosody)";

  /** Carries it out. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return missing()
          .map(ConditionEvaluationResult::disabled)
          .orElseGet(() -> ConditionEvaluationResult.enabled("all of its servers are installed"));
    }

    private static Optional<String> missing() {
      if (JvbHome.find().isEmpty()) {
        return Optional.of(JvbHome.MISSING);
      }
      if (JicofoProcess.find().isEmpty()) {
        return Optional.of(JicofoProcess.MISSING);
      }
      return Prosody.isInstalled() ? Optional.empty() : Optional.of(PROSODY_MISSING);
    }
  }
}
