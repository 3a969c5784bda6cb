package io.github.jvbwhip.integration.pages;

import com.microsoft.playwright.Route;
import io.github.jvbwhip.testpeer.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** POSTs of a tab that would open sessions, and wait for the test. */
final class HeldPosts {
  private final Tab tab;
  private final Deque<Route> held = new ArrayDeque<>();

  /** They wait from now on. */
  HeldPosts(Tab tab) {
    this.tab = tab;
    tab.page().route(Tab.SESSIONS, this::take);
  }

  private void take(Route route) {
    if (Tab.isPost(route)) {
      held.add(route);
    } else {
      route.resume();
    }
  }

  /** The one that has waited longest. */
  Route await(Duration timeout) {
    new Signal()
        .await(
            "a POST",
            timeout,
            // Playwright tells of requests while it is asked something.
            () -> tab.evaluate("1") != null && !held.isEmpty(),
            tab::toString);
    return held.remove();
  }
}
