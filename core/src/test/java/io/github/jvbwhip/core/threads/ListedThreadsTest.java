package io.github.jvbwhip.core.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListedThreadsTest {
  @Test
  void reads_names_from_the_first_column_of_tables_of_threads() {
    ThreadTables tables =
        ThreadTables.parse(
            List.of(
                "| `no-table-of-threads` |",
                "| threads | how many |",
                "|---|---|",
                "| `media-port-<port>`, `other` | `one` |",
                "| `worker-n`, as needed | some |",
                "| `IceConnector@...`, `ice4j.*` | many |",
                "",
                "| `after` | the table |"));

    assertThat(List.of("media-port-10000", "other", "worker-12", "IceConnector@1f:a", "ice4j.X-1"))
        .allMatch(tables::list);
    assertThat(List.of("one", "after", "no-table-of-threads", "media-port-", "worker-n", "worker-"))
        .noneMatch(tables::list);
  }

  @Test
  void the_document_lists_the_bridges_threads() {
    assertThat(ThreadTables.ofDocument().list("media-port-10000")).isTrue();
  }

  @Test
  void a_thread_that_is_not_listed_fails_the_test_that_leaves_it() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread stray =
        new Thread(
            () -> {
              try {
                end.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "nobody-knows-me");
    stray.start();
    try {
      assertThat(ListedThreads.unlisted()).containsExactly("nobody-knows-me");
      assertThatThrownBy(() -> new ListedThreads().afterTestExecution(null))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("nobody-knows-me");
    } finally {
      end.countDown();
      stray.join(10_000);
    }
  }
}
