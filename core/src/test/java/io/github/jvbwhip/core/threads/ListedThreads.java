package io.github.jvbwhip.core.threads;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a thread running whose name docs/concurrency.md does not list. Every
 * module with this jar on its tests' class path is held to it, without a word of its own.
 */
public final class ListedThreads implements AfterTestExecutionCallback {

  /** Threads that are none of the product's. */
  private static final List<Pattern> OTHERS =
      Stream.of(
              // The Java virtual machine.
              "main",
              "Reference Handler|Finalizer|Signal Dispatcher|Common-Cleaner|Cleaner-\\d+",
              "Notification Thread|Attach Listener|DestroyJavaVM|process reaper.*",
              "JNA Cleaner|Keep-Alive-Timer|java\\.util\\.concurrent.*|JFR .*",
              "CompletableFutureDelayScheduler|ForkJoinPool\\.commonPool-worker-\\d+",
              "HTTP-Dispatcher|idle-timeout-task|req-rsp-timeout-task|server-timer\\d*",
              "HttpClient-\\d+-(SelectorManager|Worker-\\d+)",
              // CompletableFuture, on machines with two processors; none of ours: NamedThreads.
              "Thread-\\d+",
              // What runs the tests.
              "surefire-.*|ping-.*|last-ditch-.*|junit-.*|jazzer.*|fuzz.*",
              // JUnit's reader of @CsvSource, which may outlive the reading for a moment.
              "unVocity-parsers input reading thread",
              // Surefire's channel over TCP, which has the first pools of a process.
              "pool-[12]-thread-\\d+",
              // Jitsi Videobridge, where it runs in the process of the tests.
              "Global (IO|CPU|scheduled) pool.*|dsipool-.*|WebSocket@.*|org\\.(jitsi|ice4j)\\..*",
              // The tests, and their clients.
              "test-.*")
          .map(Pattern::compile)
          .toList();

  private static final ThreadTables TABLES = ThreadTables.ofDocument();
  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Set<String> unlisted = unlisted();
    if (!unlisted.isEmpty()) {
      throw new AssertionError("docs/concurrency.md lists no such threads: " + unlisted);
    }
  }

  /** The names of those that live now, and are neither listed nor others'. */
  static Set<String> unlisted() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[2 * root.activeCount() + 16];
    int count = root.enumerate(threads);
    Set<String> unlisted = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      String name = threads[i].getName();
      if (KNOWN.contains(name)) {
        continue;
      }
      if (TABLES.list(name) || OTHERS.stream().anyMatch(p -> p.matcher(name).matches())) {
        KNOWN.add(name);
      } else {
        unlisted.add(name);
      }
    }
    return unlisted;
  }
}
