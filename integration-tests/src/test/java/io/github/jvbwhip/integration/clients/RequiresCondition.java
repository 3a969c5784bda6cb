package io.github.jvbwhip.integration.clients;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries out {@link Requires}. */
final class RequiresCondition implements ExecutionCondition, BeforeEachCallback {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> reason = reason(context);
    if (reason.isEmpty() || isCi()) {
      return ConditionEvaluationResult.enabled("all tools are there, or CI has to have them");
    }
    return ConditionEvaluationResult.disabled(reason.get());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    reason(context)
        .ifPresent(
            reason -> {
              throw new AssertionError("CI has to have what this test needs: " + reason);
            });
  }

  private static boolean isCi() {
    return "true".equals(System.getenv("CI"));
  }

  private static Optional<String> reason(ExtensionContext context) {
    return context.getElement().stream()
        .flatMap(element -> AnnotationSupport.findAnnotation(element, Requires.class).stream())
        .flatMap(requires -> Stream.of(requires.value()))
        .flatMap(tool -> tool.missing().stream().map(why -> tool + ": " + why))
        .findFirst();
  }
}
