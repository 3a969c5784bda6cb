package io.github.jvbwhip.integration.pages;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.testpeer.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A tab with one of the pages, with the states that its element has entered ({@code
 * src/test/js/states.js}) and the requests that its context has made since. Same thread as its
 * browser.
 */
final class Tab {
  /** The endpoints for sessions, of {@code /whip/} and {@code /whep/}. */
  static final Predicate<String> SESSIONS =
      Pattern.compile("/whi?e?p/(?!sessions/)[^/]+(/[^/]+)?$").asPredicate();

  private final ProductPage product;
  private final Page page;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Response> responses = new CopyOnWriteArrayList<>();

  /** What POSTs are answered by, 0 where the server answers them. */
  private int refusal;

  /** Opens a page in one more tab of this context. */
  Tab(ChromiumBrowser browser, BrowserContext context, URI uri) {
    context.onRequest(request -> requests.add(text(request)));
    context.onResponse(responses::add);
    page = browser.openIn(context, uri);
    product = ProductPage.in(browser, page);
  }

  private static String text(Request request) {
    return request.method() + " " + request.url();
  }

  Page page() {
    return page;
  }

  ProductPage product() {
    return product;
  }

  /** A part of the page, or of an element on it. */
  Locator locate(String selector) {
    return page.locator(selector);
  }

  void click(String selector) {
    page.locator(selector).click();
  }

  /** The states that the element has entered, with reasons: "failed token-missing". */
  List<String> states() {
    return ((List<?>) page.evaluate("() => window.states")).stream().map(String::valueOf).toList();
  }

  /**
   * Waits until the element has entered exactly these, one after the other; on a busy machine it
   * may wait for what comes first, where that is not of interest.
   */
  void awaitStates(Duration timeout, String... wanted) {
    new Signal()
        .await(
            "states " + List.of(wanted),
            timeout,
            () -> states().equals(List.of(wanted)) || settled().equals(String.join(",", wanted)),
            () -> states() + "; " + product);
  }

  private String settled() {
    return String.join(",", states())
        .replaceAll("(connecting[^,]*),waiting (?:empty|quiet),playing", "$1,playing");
  }

  /** Waits until the element is in this state. */
  void awaitState(String state, Duration timeout) {
    product.awaitState(state, timeout);
  }

  /** Waits until the element says this, and nothing more. */
  void awaitMessage(String text, Duration timeout) {
    product.awaitText(".message", text, timeout);
  }

  /** Waits until a script's value is true. */
  void await(String what, String script, Duration timeout) {
    new Signal()
        .await(
            what,
            timeout,
            () -> Boolean.TRUE.equals(page.evaluate(script)),
            () -> states() + "; " + product);
  }

  Object evaluate(String script) {
    return page.evaluate(script);
  }

  /** How many requests with this method went to URLs with this part. */
  long requests(String method, String part) {
    return requests.stream()
        .filter(each -> each.startsWith(method + " ") && each.contains(part))
        .count();
  }

  /**
   * Waits for a response to a request with this method and URL part, which may have come already.
   */
  Response awaitResponse(String method, String part, Duration timeout) {
    new Signal()
        .await(
            "an answer to " + method,
            timeout,
            // Playwright tells of responses while it is asked something.
            () ->
                page.evaluate("1") != null && responses.stream().anyMatch(r -> is(r, method, part)),
            () -> requests + "; " + product);
    return responses.stream().filter(r -> is(r, method, part)).findFirst().orElseThrow();
  }

  private static boolean is(Response response, String method, String part) {
    return response.request().method().equals(method) && response.url().contains(part);
  }

  /** The URL of the first session that the page has opened. */
  URI session(Duration timeout) {
    Response opened = awaitResponse("POST", "/wh", timeout);
    return URI.create(opened.url()).resolve(opened.headerValue("location"));
  }

  /** POSTs that would open a session are answered so from now on, by nobody. */
  void refusePosts(int status) {
    boolean first = refusal == 0;
    refusal = status;
    if (first) {
      page.route(
          SESSIONS,
          route -> {
            if (isPost(route)) {
              route.fulfill(new Route.FulfillOptions().setStatus(refusal));
            } else {
              route.resume();
            }
          });
    }
  }

  /** The server answers them again. */
  void passPosts() {
    page.unroute(SESSIONS);
    refusal = 0;
  }

  /** Whether it answers a POST that would open a session. */
  static boolean isOpening(Response response) {
    return response.request().method().equals("POST") && SESSIONS.test(response.url());
  }

  static boolean isPost(Route route) {
    return route.request().method().equals("POST");
  }

  void close() {
    page.context().close();
  }

  @Override
  public String toString() {
    return product.toString();
  }
}
