package io.github.jvbwhip.core.threads;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * A rule for the product: whoever makes a thread names it, and nothing runs on a pool that belongs
 * to the whole process. {@link ListedThreads} could not tell such threads from those of tests.
 */
public final class NamedThreads {
  private NamedThreads() {}

  /** No class makes a thread that has no name of its own. */
  public static ArchRule noneWithoutName() {
    return noClasses()
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe(
                "threads are made without a name", NamedThreads::isNameless));
  }

  private static boolean isNameless(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getTarget().getName();
    if (owner.isEquivalentTo(Thread.class)) {
      return name.equals("<init>") && !takes(call, String.class);
    }
    if (owner.isEquivalentTo(Executors.class)) {
      return name.startsWith("new") && !takes(call, ThreadFactory.class);
    }
    if (owner.isAssignableTo(ThreadPoolExecutor.class)) {
      return name.equals("<init>") && !takes(call, ThreadFactory.class);
    }
    if (owner.isEquivalentTo(CompletableFuture.class)
        || owner.isEquivalentTo(CompletionStage.class)) {
      return name.endsWith("Async") && !takes(call, Executor.class);
    }
    return owner.isEquivalentTo(Timer.class) && name.equals("<init>");
  }

  private static boolean takes(JavaCall<?> call, Class<?> type) {
    return call.getTarget().getRawParameterTypes().stream()
        .anyMatch(parameter -> parameter.isEquivalentTo(type));
  }
}
