package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What elements make of servers that are not as this one: real ones of others are not. */
class OddServersTest extends PageTest {
  private static final Pattern A_SESSION = Pattern.compile("/whi?e?p/sessions/[^/]+$");

  private Tab idle() {
    return BROWSING.open(server().resolve("watch?noautostart=1&stream=main&room=" + room));
  }

  private static void play(Tab tab) {
    tab.evaluate("() => document.querySelector('whep-player').play()");
  }

  private static void answerPosts(Tab tab, FulfillOptions answer) {
    tab.page()
        .route(
            Tab.SESSIONS,
            route -> {
              if (Tab.isPost(route)) {
                route.fulfill(answer);
              } else {
                route.resume();
              }
            });
  }

  private static void onGetOfSession(Tab tab, Consumer<Route> action) {
    tab.page()
        .route(
            A_SESSION,
            route -> {
              if (route.request().method().equals("GET")) {
                action.accept(route);
              } else {
                route.resume();
              }
            });
  }

  /** Not every server tells of a session when it is asked by GET. */
  @ParameterizedTest
  @ValueSource(ints = {404, 405, 429, 500})
  void a_session_that_cannot_be_asked_for_goes_on_in_silence(int status) {
    Tab tab = idle();
    onGetOfSession(tab, route -> route.fulfill(new FulfillOptions().setStatus(status)));
    play(tab);
    tab.awaitState("waiting", SOON);
    tab.await(
        "silence that was asked about",
        "() => performance.getEntriesByType('resource').filter((each) =>"
            + " each.name.includes('/sessions/')).length >= 3",
        SOON);
    live("");
    tab.awaitState("playing", SOON);
    assertThat(tab.requests("POST", "/whep/" + room)).isEqualTo(1);
  }

  /** Beyond 2^31 ms timers of browsers come at once. */
  @ParameterizedTest
  @ValueSource(strings = {"3000000", "86400"})
  void a_server_that_asks_for_long_patience_is_asked_again_after_a_minute(String seconds) {
    Tab tab = idle();
    answerPosts(
        tab, new FulfillOptions().setStatus(429).setHeaders(Map.of("Retry-After", seconds)));
    tab.evaluate(
        "() => { window.delays = []; const real = window.setTimeout; window.setTimeout ="
            + " (action, delay) => { window.delays.push(delay); return real(action, delay); }; }");
    play(tab);
    tab.awaitMessage("The server answered 429. Trying again in 60 seconds.", SOON);
    tab.await("a pause", "() => window.delays.includes(60000)", SOON);
    assertThat(tab.requests("POST", "/whep/" + room)).isEqualTo(1);
  }

  /** The event has no token, and the player need not be told its own. */
  @ParameterizedTest
  @CsvSource({"other, other?token=x", "other?token=y, other?token=y"})
  void a_player_that_is_sent_elsewhere_comes_there_with_its_query(String told, String asked) {
    Tab tab = idle();
    String there = server().resolve("whep/" + room + "/" + told).toString();
    tab.page()
        .route(
            url -> url.contains("/sessions/") && url.contains("/sse/"),
            route ->
                route.fulfill(
                    new FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody("event: reconnect\ndata: {\"url\":\"" + there + "\"}\n\n")));
    tab.page()
        .evaluate(
            "src => { document.querySelector('whep-player').src = src; }",
            "/whep/" + room + "/main?token=x");
    play(tab);
    tab.awaitResponse("POST", "/whep/" + room + "/main?token=x", SOON);
    tab.awaitResponse("POST", "/whep/" + room + "/" + asked, SOON);
  }

  @ParameterizedTest
  @CsvSource({"201, '<h1>hi</h1>', true", "201, '', false", "200, 'v=0', false"})
  void an_answer_that_is_no_session_is_the_servers_fault(int status, String body, boolean located) {
    Tab tab = idle();
    FulfillOptions answer =
        new FulfillOptions().setStatus(status).setContentType("application/sdp").setBody(body);
    answerPosts(
        tab,
        located
            ? answer.setHeaders(
                Map.of("Location", "/whep/sessions/none", "Content-Type", "application/sdp"))
            : answer);
    play(tab);
    tab.awaitState("failed", SOON);
    tab.awaitMessage(
        "What the server has answered is no session. Whoever runs it has to look into that.", SOON);
    assertThat(tab.states()).endsWith("failed bad-answer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          () => Promise.reject()          | reconnecting no-token | There is no token to be had at the moment. Trying again…
          () => { throw new Error('no') } | reconnecting no-token | There is no token to be had at the moment. Trying again…
          () => 'жетон'                   | failed token-refused  | This token is not valid here.
          "<html>\\n<h1>404</h1>"          | failed token-refused  | This token is not valid here.
          """)
  void tokens_that_are_none_are_told_in_words(String token, String state, String words) {
    Tab tab = idle();
    tab.evaluate("() => { document.querySelector('whep-player').token = " + token + "; }");
    play(tab);
    tab.awaitMessage(words, SOON);
    assertThat(tab.states()).endsWith(state);
    assertThat(tab.requests("POST", "/whep/" + room)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"  ", "#", "javascript:alert(1)", "ftp://a/b", "http://user:word@a/b"})
  void what_is_no_endpoint_is_not_asked(String src) {
    Tab tab = idle();
    tab.page().evaluate("src => { document.querySelector('whep-player').src = src; }", src);
    play(tab);
    tab.awaitState("failed", SOON);
    assertThat(tab.states()).endsWith("failed no-address");
    assertThat(tab.requests("POST", "")).isZero();
  }

  @Test
  void sound_alone_goes_on_playing_when_the_picture_ends() {
    Tab publisher = live("");
    Tab tab = watch();
    tab.awaitState("playing", SOON);
    publisher.locate("select.source").selectOption("microphone");
    publisher.awaitState("live", SOON);
    tab.await(
        "sound without a picture",
        "() => document.querySelector('whep-player').statistics.samples.slice(-4).every("
            + "({frameRate, bitrate}) => frameRate === 0 && bitrate > 1000)"
            + " && document.querySelector('whep-player').statistics.samples.length > 4",
        SOON);
    tab.awaitState("playing", SOON);
  }

  @Test
  void a_chosen_layer_is_chosen_again_in_the_next_session() {
    publish("&source=pattern&autostart=1&codec=VP8&simulcast=2").awaitState("live", SOON);
    Tab tab = watch();
    tab.product().awaitLayer("m", SOON, tab.product());
    rooms().delete(tab.session(SOON));
    tab.await(
        "the same layer in another session",
        "() => window.states.filter((state) => state === 'playing').length > 1"
            + " && document.querySelector('whep-player').video.videoHeight === 360",
        SOON);
    assertThat(tab.requests("POST", "/layer")).isGreaterThanOrEqualTo(2);
    tab.await(
        "a menu that says so",
        "() => document.querySelector('whep-player').shadowRoot.querySelector('.layer')"
            + ".selectedOptions[0].textContent.startsWith('640×360')",
        SOON);
  }

  @Test
  void an_embedded_room_may_be_called_as_the_page_is() {
    String page = "publish?source=pattern&autostart=1&codec=VP8&room=embed&stream=main";
    BROWSING.open(server().resolve(page)).awaitState("live", SOON);
    Tab tab = BROWSING.open(server().resolve("embed/embed/main?muted&autoplay"));
    tab.awaitState("playing", SOON);
  }
}
