package io.github.jvbwhip.integration.clients;

import com.microsoft.playwright.Page;
import io.github.jvbwhip.testpeer.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Chromium tab as a WHIP publisher or WHEP player with a script of the tests' own ({@code
 * src/test/js/browser.js}), apart from the product's pages. Same thread as its browser.
 */
public final class ChromiumClient implements AutoCloseable {
  private final Page page;

  private ChromiumClient(Page page) {
    this.page = page;
    try {
      page.evaluate(Files.readString(Commands.SCRIPTS.resolve("js/browser.js")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Publishes the fake camera and microphone, 1280 pixels wide with simulcast and 640 without.
   *
   * @param origin a page of the server itself, so that no CORS is needed
   * @param codec the only one that is offered; empty for all that the browser has
   * @param encodings simulcast encodings with the RIDs l, m, h; 1 for no simulcast
   */
  public static ChromiumClient publish(
      ChromiumBrowser browser, URI origin, URI endpoint, String codec, int encodings) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate(
        "([endpoint, codec, encodings]) => client.publish(endpoint, codec, encodings)",
        List.of(endpoint.toString(), codec, encodings));
    return client;
  }

  /** Publishes one encoding that has layers: {@code L1T2} and the like. */
  public static ChromiumClient publish(
      ChromiumBrowser browser, URI origin, URI endpoint, String codec, String scalabilityMode) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate(
        "([endpoint, codec, mode]) => client.publish(endpoint, codec, 1, mode)",
        List.of(endpoint.toString(), codec, scalabilityMode));
    return client;
  }

  /**
   * Publishes the fake camera with a keyframe each so many seconds, without taking requests for
   * more.
   *
   * @param encodings 2 for simulcast with the RIDs m and h, 320 and 640 pixels wide; 1 for none
   * @param seconds 0 for none by itself but the first
   */
  public static ChromiumClient publishDeaf(
      ChromiumBrowser browser, URI origin, URI endpoint, String codec, int encodings, int seconds) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate(
        "([endpoint, codec, encodings, seconds]) =>"
            + " client.publishDeaf(endpoint, codec, encodings, seconds)",
        List.of(endpoint.toString(), codec, encodings, seconds));
    return client;
  }

  /** Publishes microphone and camera as MediaStreams of their own, beside a data channel. */
  public static ChromiumClient publishWithData(ChromiumBrowser browser, URI origin, URI endpoint) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate("endpoint => client.publishWithData(endpoint)", endpoint.toString());
    return client;
  }

  /**
   * Publishes a tone in one channel, and silence in the others.
   *
   * @param channels 2 for stereo, 6 for surround, both of them of Opus
   */
  public static ChromiumClient publishTone(
      ChromiumBrowser browser, URI origin, URI endpoint, String codec, int channels, int loud) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate(
        "([endpoint, codec, channels, loud]) =>"
            + " client.publishTone(endpoint, codec, channels, loud)",
        List.of(endpoint.toString(), codec, channels, loud));
    return client;
  }

  /** Offers a data channel, and that many video m-sections beside the one that plays. */
  public static ChromiumClient playWithMore(
      ChromiumBrowser browser, URI origin, URI endpoint, int furtherVideos) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate(
        "([endpoint, videos]) => client.play(endpoint, videos, true)",
        List.of(endpoint.toString(), furtherVideos));
    return client;
  }

  /** Publishes two tracks of each kind: videos 640 and 320 pixels wide. */
  public static ChromiumClient publishTwoOfEach(ChromiumBrowser browser, URI origin, URI endpoint) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate("endpoint => client.publishTwoOfEach(endpoint)", endpoint.toString());
    return client;
  }

  /** Plays so many m-sections of each kind. */
  public static ChromiumClient playSections(
      ChromiumBrowser browser, URI origin, URI endpoint, int sounds, int videos) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate(
        "([endpoint, sounds, videos]) => client.playSections(endpoint, sounds, videos)",
        List.of(endpoint.toString(), sounds, videos));
    return client;
  }

  /** Plays; {@code origin} is a page of the server itself. */
  public static ChromiumClient play(ChromiumBrowser browser, URI origin, URI endpoint) {
    ChromiumClient client = new ChromiumClient(browser.open(origin));
    client.page.evaluate("endpoint => client.play(endpoint)", endpoint.toString());
    return client;
  }

  /** Waits until ICE and DTLS are through. */
  public void awaitConnected(Duration timeout) {
    await("client.state() === 'connected'", timeout);
  }

  /** Waits until this many video frames have been decoded. */
  public void awaitFrames(int count, Duration timeout) {
    await("await client.stat('inbound-rtp', 'video', 'framesDecoded') >= " + count, timeout);
  }

  /** Waits until this many packets of sound have come. */
  public void awaitSound(int count, Duration timeout) {
    await("await client.stat('inbound-rtp', 'audio', 'packetsReceived') >= " + count, timeout);
  }

  /** Waits until its m-sections have this: "audio, video 640" and the like, in order. */
  public void awaitSections(String sections, Duration timeout) {
    await("await client.sections() === '" + sections + "'", timeout);
  }

  /** A number among the statistics; {@code type} is {@code inbound-rtp} and the like. */
  public long stat(String type, String kind, String name) {
    return (long) number(type, kind, name);
  }

  /** The same where it may have fractions. */
  public double number(String type, String kind, String name) {
    Object value =
        page.evaluate(
            "([type, kind, name]) => client.stat(type, kind, name)", List.of(type, kind, name));
    return ((Number) value).doubleValue();
  }

  /** How long the first picture took to be shown, from the POST. */
  public Duration awaitFirstPicture(Duration timeout) {
    await("client.firstPicture() > 0", timeout);
    Object millis = page.evaluate("() => client.firstPicture()");
    return Duration.ofMillis(((Number) millis).longValue());
  }

  /** Waits until the video shown is this wide, in pixels. */
  public void awaitWidth(int width, Duration timeout) {
    await("document.querySelector('#played').videoWidth === " + width, timeout);
  }

  /** Waits for a picture that moves, from now on. */
  public void awaitMovingPicture(Duration timeout) {
    try {
      page.evaluate(
          Files.readString(Commands.SCRIPTS.resolve("js/picture.js")),
          Map.of("selector", "#played", "timeout", (double) timeout.toMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state of its connection, in the words of {@code RTCPeerConnectionState}. */
  public String state() {
    return String.valueOf(page.evaluate("() => client.state()"));
  }

  /** The codec that it decodes video of now, "video/VP8" and the like. */
  public String videoCodec() {
    return String.valueOf(page.evaluate("() => client.codec('inbound-rtp')"));
  }

  /** Makes its next picture a keyframe. */
  public void makeKeyframe() {
    page.evaluate("() => client.makeKeyframe()");
  }

  /** Sends video that many times smaller than the camera's from now on. */
  public void scaleDown(int factor) {
    page.evaluate("factor => client.scaleDown(factor)", factor);
  }

  /** Sends a tone in syllables instead of the microphone from now on: loud, or hardly audible. */
  public void speak(boolean loud) {
    page.evaluate("loud => client.speak(loud)", loud);
  }

  /** Waits until a layer selection is answered with 200. */
  public void awaitSelected(String layer, Duration timeout) {
    await("await client.select('" + layer + "') === 200", timeout);
  }

  /** The tab. */
  public Page page() {
    return page;
  }

  private void await(String condition, Duration timeout) {
    // Not waitForFunction, which takes the promise of a condition for the condition.
    new Signal()
        .await(
            condition,
            timeout,
            () -> Boolean.TRUE.equals(page.evaluate("async () => " + condition)),
            () -> state() + ", " + page.evaluate("() => client.summary()"));
  }

  /** DELETEs the session and closes the tab. */
  @Override
  public void close() {
    page.evaluate("() => client.hangUp()");
    page.context().close();
  }
}
