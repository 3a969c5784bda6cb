package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** All of it without a mouse, and for those who listen to what has the focus. */
class KeyboardTest extends PageTest {
  /** Tag and text of what has the focus, within elements too. */
  private static final String FOCUS =
      """
      () => {
        let element = document.activeElement;
        while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.firstChild.data ?? element.textContent;
        return `${element.localName} ${name.trim()}`;
      }
      """;

  private static String focus(Tab tab) {
    return String.valueOf(tab.evaluate(FOCUS));
  }

  /** Presses Tab until that has the focus. */
  private static void tabTo(Tab tab, String wanted) {
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      tab.page().keyboard().press("Tab");
      String focused = focus(tab);
      if (focused.equals(wanted)) {
        return;
      }
      seen.append(focused).append("; ");
    }
    throw new AssertionError(wanted + " is not among " + seen);
  }

  private static void press(Tab tab, String key) {
    tab.page().keyboard().press(key);
  }

  @Test
  void going_live_and_off_the_air_again_keeps_the_focus_on_the_button() {
    Tab tab = publish("");
    tabTo(tab, "select Source");
    tab.page().keyboard().type("Test pattern");
    assertThat(tab.locate("select.source").inputValue()).isEqualTo("pattern");
    press(tab, "Shift+Tab");
    assertThat(focus(tab)).isEqualTo("button Go live");
    press(tab, "Enter");
    tab.awaitState("live", SOON);
    assertThat(focus(tab)).isEqualTo("button Stop");
    press(tab, "Shift+Tab");
    assertThat(focus(tab)).isEqualTo("button Hide picture");
    press(tab, "Space");
    assertThat(focus(tab)).isEqualTo("button Show picture");
    tabTo(tab, "button Stop");
    press(tab, "Enter");
    tab.awaitState("idle", SOON);
    assertThat(focus(tab)).isEqualTo("button Go live");
    rooms().awaitNobody(room, SOON);
  }

  @Test
  void a_preview_that_goes_live_hands_the_focus_on() {
    Tab tab = publish("&source=pattern");
    tabTo(tab, "button Preview");
    press(tab, "Enter");
    tab.awaitState("preview", SOON);
    assertThat(focus(tab)).isEqualTo("button Go live");
    press(tab, "Enter");
    tab.awaitState("live", SOON);
    assertThat(focus(tab)).isEqualTo("button Stop");
  }

  @Test
  void a_stream_is_watched_by_keyboard_and_the_focus_is_never_lost() {
    live("");
    Tab tab = BROWSING.open(server().resolve("watch?noautostart=1&stream=main&room=" + room));
    tabTo(tab, "button Play");
    press(tab, "Enter");
    assertThat(focus(tab)).isEqualTo("video Live stream");
    tab.awaitState("playing", SOON);
    assertThat(focus(tab)).isEqualTo("video Live stream");
    tabTo(tab, "button Statistics");
    press(tab, "Enter");
    assertThat(tab.locate(".toggle").getAttribute("aria-expanded")).isEqualTo("true");
    assertThat(tab.locate(".figures").isVisible()).isTrue();
    tabTo(tab, "button Stop");
    press(tab, "Enter");
    tab.awaitState("idle", SOON);
    assertThat(focus(tab)).isEqualTo("button Play");
  }

  @Test
  void a_player_that_fails_offers_to_try_again_where_the_focus_is() {
    Tab tab = BROWSING.open(server().resolve("watch?noautostart=1&room=" + room));
    tab.refusePosts(404);
    tabTo(tab, "button Play");
    press(tab, "Enter");
    tab.awaitState("failed", SOON);
    assertThat(focus(tab)).isEqualTo("button Try again");
    tab.passPosts();
    press(tab, "Enter");
    tab.awaitState("waiting", SOON);
  }

  @Test
  void sound_is_turned_on_by_keyboard() {
    live("");
    Tab tab = watch();
    tab.awaitState("playing", SOON);
    tabTo(tab, "button Sound on");
    press(tab, "Enter");
    assertThat(focus(tab)).isEqualTo("video Live stream");
    assertThat(tab.locate(".sound").isVisible()).isFalse();
    assertThat(tab.evaluate("() => document.querySelector('whep-player').video.muted"))
        .isEqualTo(false);
  }

  @Test
  void videos_have_names() {
    Tab publisher = live("");
    assertThat(publisher.page().getByLabel("Preview of what is published").count()).isEqualTo(1);
    Tab watcher = watch();
    assertThat(watcher.page().getByLabel("Live stream").count()).isEqualTo(1);
    watcher.evaluate("() => { document.querySelector('whep-player').label = 'Concert'; }");
    assertThat(watcher.page().getByLabel("Concert").count()).isEqualTo(1);
  }
}
