package io.github.jvbwhip.core.threads;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NamedThreadsTest {
  @Test
  void finds_threads_pools_and_stages_without_a_name_and_no_others() {
    assertThat(isHeldBy(Nameless.class)).isFalse();
    assertThat(isHeldBy(NamelessPool.class)).isFalse();
    assertThat(isHeldBy(CommonPool.class)).isFalse();
    assertThat(isHeldBy(Named.class)).isTrue();
  }

  private static boolean isHeldBy(Class<?> type) {
    return !NamedThreads.noneWithoutName()
        .evaluate(new ClassFileImporter().importClasses(type))
        .hasViolation();
  }

  private static final class Nameless {
    Thread make() {
      return new Thread(() -> {});
    }
  }

  private static final class NamelessPool {
    ExecutorService make() {
      return Executors.newFixedThreadPool(2);
    }
  }

  private static final class CommonPool {
    CompletableFuture<Void> run() {
      return CompletableFuture.runAsync(() -> {});
    }
  }

  private static final class Named {
    Thread make() {
      return new Thread(() -> {}, "name");
    }

    CompletableFuture<Void> run(ExecutorService pool) {
      return CompletableFuture.runAsync(() -> {}, pool).thenAcceptAsync(done -> {}, pool);
    }
  }
}
