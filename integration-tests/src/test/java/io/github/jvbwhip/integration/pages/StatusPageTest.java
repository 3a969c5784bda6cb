package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.clients.EventsPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.integration.operator.OperatorApi;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /status} in Chromium, with clients that publish and watch, and end when it says so. */
@Requires({Tool.CHROMIUM, Tool.AXE})
@Timeout(180)
class StatusPageTest {
  private static final Duration SOON = Duration.ofSeconds(45);
  private static final OfferSpec PUBLISHER = OfferSpec.publisher(Codec.VP8);
  private static final OfferSpec PLAYER = OfferSpec.player(Codec.VP8);

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(() -> EmbeddedServer.start(OperatorApi.settings()));

  @RegisterExtension static final Browsing BROWSING = new Browsing();

  private final String room = "room-" + UUID.randomUUID();
  private final List<TestPeer> peers = new ArrayList<>();

  @AfterEach
  void leave() {
    peers.forEach(TestPeer::close);
  }

  private static URI status() {
    return SERVER.get().uri().resolve("status");
  }

  /** The page with the token in its address, in a tab that says yes to what is asked. */
  private static Tab open() {
    Tab tab = BROWSING.open(URI.create(status() + "#token=" + OperatorApi.TOKEN));
    tab.page().onDialog(Dialog::accept);
    tab.locate("#server dd").first().waitFor();
    return tab;
  }

  private TestPeer connect(URI endpoint, OfferSpec offer, Map<String, String> fields) {
    TestPeer peer = TestPeer.open(PeerOptions.defaults());
    peers.add(peer);
    Reply reply = peer.connect(endpoint, offer, fields);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
    return peer;
  }

  private TestPeer publish() {
    TestPeer peer = connect(SERVER.get().whip(room, "camera"), PUBLISHER, Map.of());
    sendMedia(peer);
    return peer;
  }

  private static void sendMedia(TestPeer peer) {
    peer.audio().start();
    peer.video(VideoSettings.defaults()).start();
  }

  private TestPeer play() {
    return connect(SERVER.get().whep(room, "camera"), PLAYER, Map.of());
  }

  private int post(String path, String token) {
    TestPeer peer = TestPeer.open(PeerOptions.defaults());
    peers.add(peer);
    URI endpoint = SERVER.get().uri().resolve(path);
    return peer.connect(endpoint, PUBLISHER, Map.of("Authorization", "Bearer " + token)).status();
  }

  private Locator card(Tab tab) {
    return tab.locate("[data-room='" + room + "']");
  }

  private Locator publisher(Tab tab) {
    return card(tab).locator("[aria-label=Publishers] li");
  }

  private static void awaitText(Tab tab, Locator part, String text) {
    part.filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
    assertThat(tab.locate("body").textContent()).contains(text);
  }

  @Test
  void a_wrong_token_is_refused_and_the_right_one_stays_for_the_tab() {
    Tab tab = BROWSING.open(status());
    tab.locate("#token").fill("a-wrong-token");
    tab.locate("#token").press("Enter");
    awaitText(tab, tab.locate("#message"), "The token is not valid here.");
    assertThat(tab.locate("#status").isVisible()).isFalse();

    tab.locate("#token").fill(OperatorApi.TOKEN);
    tab.locate("#token").press("Enter");
    awaitText(tab, tab.locate("#server"), "are taken");
    assertThat(tab.locate("#sign-in").isVisible()).isFalse();
    tab.page().reload();
    awaitText(tab, tab.locate("#server"), "are taken");
  }

  @Test
  void a_token_in_the_address_is_taken_from_there() {
    Tab tab = open();
    assertThat(tab.page().url()).isEqualTo(status().toString());
    tab.page().reload();
    awaitText(tab, tab.locate("#server"), "are taken");
  }

  @Test
  void publishers_and_players_are_seen_and_ended() {
    TestPeer publisher = publish();
    TestPeer player = play();
    player.awaitVideoPackets(30, SOON);
    Tab tab = open();
    awaitText(tab, publisher(tab), "640×360");
    awaitText(tab, publisher(tab), "kb/s");
    assertThat(publisher(tab).textContent()).contains("camera", "VP8");
    awaitText(tab, card(tab), "1 watching");
    card(tab).locator("summary").click();
    Locator end = card(tab).locator("details li button");
    awaitText(tab, card(tab).locator("details li"), "watches camera");
    end.click();
    player.awaitClosedByRemote(SOON);
    awaitText(tab, card(tab), "0 players");
    assertThat(publisher.isClosedByRemote()).isFalse();

    publisher(tab).locator("button").click();
    publisher.awaitClosedByRemote(SOON);
    awaitText(tab, tab.locate("#ends li"), room + "/camera");
    awaitText(tab, tab.locate("#ends li"), "whip · operator");
  }

  @Test
  void a_room_is_closed_and_opened() {
    TestPeer publisher = publish();
    Tab tab = open();
    card(tab).locator("button[aria-label='Close room " + room + "']").click();
    publisher.awaitClosedByRemote(SOON);
    Locator closed = tab.locate("[data-closed='" + room + "']");
    awaitText(tab, closed, "is closed until");
    assertThat(post("whip/" + room + "/camera", "any")).isEqualTo(403);
    closed.locator("button").click();
    closed.waitFor(LooksTest.GONE);
    publish();
    publisher(tab).waitFor();
  }

  @Test
  void an_scte35_message_goes_to_the_players_of_a_room() {
    String message = "/DARAAAAAAAAAP/wAAAAAHpPv/8=";
    publish();
    try (EventsPage player =
        EventsPage.play(BROWSING.browser(), SERVER.get().whep(room, "camera"), "VP8", true)) {
      player.awaitEvent("active", "\\{}", SOON);
      Tab tab = BROWSING.open(URI.create(status() + "#token=" + OperatorApi.TOKEN));
      List<String> answers = new ArrayList<>(List.of("", "no base64!", message));
      tab.page().onDialog(dialog -> dialog.accept(answers.remove(0)));
      Locator send = card(tab).locator("button[aria-label^='Send an SCTE 35']");
      send.click(); // Without a message nothing is sent.
      send.click();
      awaitText(tab, tab.locate("#message"), "base64");
      send.click();
      player.awaitEvent("scte35", "^" + message + "$", SOON);
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void a_named_endpoint_is_made_used_renewed_closed_and_destroyed() {
    Tab tab = open();
    String name = "studio-" + room;
    tab.click("#endpoints summary");
    tab.locate("#endpoint-name").fill(name);
    tab.locate("#endpoint-room").fill(room);
    tab.locate("#endpoint-stream").fill("camera");
    tab.locate("#endpoint-display").fill("Studio A");
    tab.click("#make button");
    awaitText(tab, tab.locate("#once"), name + ": the token is shown this once.");
    String token = token(tab);
    assertThat(tab.locate("#made").textContent()).contains(SERVER.get().uri() + "whip/@" + name);

    URI endpoint = SERVER.get().uri().resolve("whip/@" + name);
    Map<String, String> fields = Map.of("Authorization", "Bearer " + token);
    TestPeer encoder = connect(endpoint, PUBLISHER, fields);
    sendMedia(encoder);
    awaitText(tab, publisher(tab), "camera");
    Locator row = tab.locate("[data-endpoint='" + name + "']");
    awaitText(tab, row.locator("td:nth-child(3)"), "live");
    press(row, "Restart");
    encoder.awaitClosedByRemote(SOON);

    press(row, "New token");
    tab.await(
        "another token",
        "() => !document.querySelector('#made').textContent.includes('" + token + "')",
        SOON);
    assertThat(post("whip/@" + name, token)).isEqualTo(401);
    String renewed = token(tab);
    assertThat(post("whip/@" + name, renewed)).isEqualTo(201);

    press(row, "Close");
    awaitText(tab, row.locator("td:nth-child(3)"), "closed");
    assertThat(post("whip/@" + name, renewed)).isEqualTo(403);
    press(row, "Open");
    awaitText(tab, row.locator("td:nth-child(3)"), "open");
    assertThat(post("whip/@" + name, renewed)).isEqualTo(201);
    press(row, "Destroy");
    row.waitFor(LooksTest.GONE);
    assertThat(post("whip/@" + name, renewed)).isEqualTo(404);
  }

  @Test
  void an_endpoint_is_made_with_a_token_and_limits_and_keeps_them_when_it_is_closed_and_opened() {
    OperatorApi api = new OperatorApi(SERVER.get().uri());
    String own = "own-" + UUID.randomUUID();
    Tab tab = open();
    tab.click("#endpoints summary");
    tab.locate("#endpoint-name").fill(room);
    tab.locate("#endpoint-room").fill(room);
    tab.locate("#endpoint-token").fill(own);
    tab.locate("#endpoint-megabits").fill("2.5");
    tab.locate("#endpoint-minutes").fill("10");
    tab.click("#make button");
    Locator row = tab.locate("[data-endpoint='" + room + "']");
    awaitText(tab, row.locator("td").first(), "at most 2.50 Mb/s, 10 min");
    assertThat(post("whip/@" + room, "another-token")).isEqualTo(401);
    assertThat(post("whip/@" + room, own)).isEqualTo(201);
    press(row, "Close");
    awaitText(tab, row.locator("td:nth-child(3)"), "closed");
    press(row, "Open");
    row.locator("td:nth-child(3)")
        .filter(new Locator.FilterOptions().setHasNotText("closed"))
        .waitFor();
    assertThat(api.get("endpoints/" + room).path("maxBitrate").asLong()).isEqualTo(2_500_000);
    assertThat(api.get("endpoints/" + room).path("maxSeconds").asLong()).isEqualTo(600);
  }

  @Test
  void what_goes_wrong_is_said_until_something_else_is_done() {
    OperatorApi api = new OperatorApi(SERVER.get().uri());
    api.make(Map.of("name", room, "room", room));
    Tab tab = open();
    tab.click("#endpoints summary");
    tab.locate("#endpoint-name").fill(room);
    tab.locate("#endpoint-room").fill("elsewhere");
    tab.click("#make button");
    String words = "There is an endpoint of that name. Change it by PUT.";
    awaitText(tab, tab.locate("#message"), words);
    awaitLook(tab, "#endpoint-rows tr");
    assertThat(tab.locate("#message").textContent()).isEqualTo(words);
    press(tab.locate("[data-endpoint='" + room + "']"), "Restart");
    tab.await(
        "no words", "() => !document.querySelector('#message').textContent.includes('PUT')", SOON);
  }

  @Test
  void a_keyboard_stays_where_it_is_and_a_pressed_button_is_there_until_it_is_released() {
    publish();
    play();
    Tab tab = open();
    for (String place : List.of("summary", "h2 a", "button[aria-label^=Close]")) {
      card(tab).locator(place).focus();
      awaitLook(tab, ".card[data-room]");
      assertThat(card(tab).locator(place + ":focus").count()).as(place).isEqualTo(1);
    }
    card(tab).locator("summary").hover();
    tab.evaluate("() => { window.old = document.querySelector('.card[data-room]'); }");
    tab.page().mouse().down();
    awaitRequests(tab, tab.requests("GET", "/operator/ends") + 2);
    assertThat(tab.evaluate("() => old.isConnected")).isEqualTo(true);
    tab.page().mouse().up();
    tab.await("a look", "() => !old.isConnected", SOON);
  }

  /** Waits until the page has shown anew what it shows. */
  private static void awaitLook(Tab tab, String part) {
    tab.evaluate("() => { window.old = document.querySelector('" + part + "'); }");
    tab.await("a look", "() => !old.isConnected", SOON);
  }

  private static void awaitRequests(Tab tab, long count) {
    new Signal()
        .await(
            "looks",
            SOON,
            () -> tab.evaluate("() => 1") != null && tab.requests("GET", "/operator/ends") >= count,
            tab::toString);
  }

  private static void press(Locator row, String label) {
    row.locator("button", new Locator.LocatorOptions().setHasText(label)).click();
  }

  /** The one that is shown once. */
  private static String token(Tab tab) {
    Locator shown = tab.locate("#made pre[aria-label=Token]");
    shown.waitFor();
    String token = shown.innerText().strip();
    assertThat(token).hasSize(32);
    return token;
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1280, LIGHT", "1280, DARK", "3840, DARK"})
  void looks(int width, ColorScheme scheme) {
    LooksTest.Look look = new LooksTest.Look(width, scheme);
    Browser.NewContextOptions options = look.options();
    Tab signIn = BROWSING.open(status(), options);
    signIn.locate("#token").waitFor();
    look.check(signIn, "status-sign-in");
    publish();
    TestPeer player = play();
    player.awaitVideoPackets(30, SOON);
    String name = "studio-" + width + scheme;
    new OperatorApi(SERVER.get().uri()).make(Map.of("name", name, "room", room + "-2"));
    Tab tab = BROWSING.open(URI.create(status() + "#token=" + OperatorApi.TOKEN), options);
    tab.page().onDialog(Dialog::accept);
    card(tab).locator("summary").click();
    tab.click("#endpoints summary");
    awaitText(tab, publisher(tab), "kb/s");
    press(tab.locate("[data-endpoint='" + name + "']"), "New token");
    tab.locate("#made *").first().waitFor();
    look.check(tab, "status-live");
  }
}
