package io.github.jvbwhip.integration.clients;

import com.microsoft.playwright.Page;
import io.github.jvbwhip.testpeer.Signal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody in a meeting of Jitsi Meet: lib-jitsi-meet in a Chromium tab ({@code
 * src/test/js/meeting.js}), with a picture of one colour and a microphone that is muted at first.
 * Same thread as its browser.
 */
public final class MeetingPage implements AutoCloseable {
  private final ChromiumBrowser browser;
  private final TestSite site;
  private final Page page;

  private MeetingPage(ChromiumBrowser browser) {
    this.browser = browser;
    site =
        new TestSite(Commands.SCRIPTS.resolve("js/meeting.js"), LibJitsiMeet.find().orElseThrow());
    page = browser.open(site.uri());
  }

  /**
   * Joins a meeting.
   *
   * @param webSocket the XMPP server's
   * @param colour of the picture that it sends, a CSS colour
   */
  public static MeetingPage join(
      ChromiumBrowser browser, URI webSocket, String room, String name, String colour) {
    return join(browser, webSocket, room, name, colour, false);
  }

  /** The same by a client that calls the other one directly when they are two (P2P). */
  public static MeetingPage joinCalling(
      ChromiumBrowser browser, URI webSocket, String room, String name, String colour) {
    return join(browser, webSocket, room, name, colour, true);
  }

  private static MeetingPage join(
      ChromiumBrowser browser,
      URI webSocket,
      String room,
      String name,
      String colour,
      boolean calls) {
    MeetingPage page = new MeetingPage(browser);
    page.page.evaluate(
        "options => meeting.join(options)",
        Map.of(
            "webSocket",
            webSocket.toString(),
            "room",
            room,
            "name",
            name,
            "colour",
            colour,
            "calls",
            calls));
    return page;
  }

  /** Opens or mutes its microphone. */
  public void speak(boolean loud) {
    page.evaluate("loud => meeting.speak(loud)", loud);
  }

  /** Shares a screen of that colour, beside its camera. */
  public void share(String colour) {
    page.evaluate("colour => meeting.share(colour)", colour);
  }

  /** Ends that. */
  public void unshare() {
    page.evaluate("() => meeting.unshare()");
  }

  /** Mutes somebody's "audio" or "video", as moderators do. */
  public void mute(String name, String kind) {
    page.evaluate("([name, kind]) => meeting.mute(name, kind)", List.of(name, kind));
  }

  /** Removes somebody, as moderators do. */
  public void remove(String name) {
    page.evaluate("name => meeting.remove(name)", name);
  }

  /** Waits until somebody of that name is in the meeting. */
  public void awaitPerson(String name, Duration timeout) {
    await("!!meeting.person('" + name + "')", timeout);
  }

  /** Waits until nobody of that name is. */
  public void awaitGone(String name, Duration timeout) {
    await("!meeting.person('" + name + "')", timeout);
  }

  /** When somebody of that name was last seen to leave. */
  public Optional<Instant> left(String name) {
    Object millis = page.evaluate("name => meeting.left[name]", name);
    return Optional.ofNullable(millis)
        .map(Number.class::cast)
        .map(Number::longValue)
        .map(Instant::ofEpochMilli);
  }

  /** Waits until somebody's sound or picture is told to be muted, or not. */
  public void awaitMuted(String name, String kind, boolean muted, Duration timeout) {
    await("meeting.isMuted('%s', '%s') === %s".formatted(name, kind, muted), timeout);
  }

  /** Waits until so many frames more of somebody have been decoded. */
  public void awaitFrames(String name, int more, Duration timeout) {
    awaitMore(name, "video", "framesDecoded", more, timeout);
  }

  /** Waits until somebody's picture is this wide, in pixels. */
  public void awaitWidth(String name, int width, Duration timeout) {
    await(
        "(await meeting.received('%s', 'video')).frameWidth === %d".formatted(name, width),
        timeout);
  }

  /** Whether somebody's picture is of a "camera" or of the "desktop". */
  public String videoType(String name) {
    return String.valueOf(
        page.evaluate("name => meeting.track(name, 'video').getVideoType()", name));
  }

  /** Waits for sound of somebody's, which is more than silence. */
  public void awaitSound(String name, Duration timeout) {
    awaitMore(name, "audio", "totalAudioEnergy", 0.01, timeout);
  }

  private void awaitMore(String name, String kind, String figure, double more, Duration timeout) {
    String now = "((await meeting.received('%s', '%s')).%s ?? 0)".formatted(name, kind, figure);
    double before = ((Number) page.evaluate("async () => " + now)).doubleValue();
    await(now + " >= " + (before + more), timeout);
  }

  /** The codec of somebody's picture, "video/H264" and the like. */
  public String videoCodec(String name) {
    return String.valueOf(
        page.evaluate("async name => (await meeting.received(name, 'video')).codec", name));
  }

  /** Waits until it is in a direct call, or no more. */
  public void awaitCall(boolean direct, Duration timeout) {
    await("meeting.conference.isP2PActive() === " + direct, timeout);
  }

  private void await(String condition, Duration timeout) {
    new Signal()
        .await(
            condition,
            timeout,
            () -> Boolean.TRUE.equals(page.evaluate("async () => " + condition)),
            this::toString);
  }

  /** The tab. */
  public Page page() {
    return page;
  }

  @Override
  public String toString() {
    return "sees " + page.evaluate("() => meeting.summary()") + "; console: " + browser.console();
  }

  /** Closes the tab, which ends its connections. */
  @Override
  public void close() {
    page.context().close();
    site.close();
  }
}
