package io.github.jvbwhip.http.config;

import io.github.jvbwhip.core.sdp.SdpLimits;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.session.SessionLimits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What WHIP and WHEP are configured with alike.
 *
 * @param enabled whether the protocol is served at all
 * @param strict whether requests have to follow the standards to the letter
 * @param location how a {@code Location} is written
 * @param publicUrl scheme, host, port and path under which clients see the server, where that is
 *     not what requests say
 * @param bodyLimit the largest body, in bytes
 * @param sdpLimits of a body that is SDP; no shorter than {@code bodyLimit}
 * @param requestTimeout how long a body may take to arrive, and a bridge to answer
 * @param maxSessionTime how long a session may last; zero for ever
 * @param iceServersOnOptions whether OPTIONS tells the ICE servers as well
 * @param auth who may call
 * @param trustedProxies whose word on the client's address and scheme is taken
 */
public record HttpConfig(
    boolean enabled,
    boolean strict,
    LocationStyle location,
    Optional<String> publicUrl,
    int bodyLimit,
    SdpLimits sdpLimits,
    Duration requestTimeout,
    SessionLimits limits,
    Duration maxSessionTime,
    CorsConfig cors,
    List<IceServer> iceServers,
    boolean iceServersOnOptions,
    RedirectConfig redirect,
    AuthConfig auth,
    RateLimitConfig rateLimit,
    List<Network> trustedProxies) {

  /** How a {@code Location} is written. */
  public enum LocationStyle {
    /** A path: what works behind every proxy. */
    RELATIVE,
    /** A URL with scheme and host. */
    ABSOLUTE
  }

  /** Enough that late DELETE requests of a busy server still find theirs. */
  private static final int MAX_TOMBSTONES = 10_000;

  public HttpConfig {
    iceServers = List.copyOf(iceServers);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Reads the keys that both protocols have. The caller reads its own ones from the same section,
   * and then calls {@link Section#done}.
   */
  public static HttpConfig read(Section section) throws InvalidConfigException {
    List<IceServer> iceServers = new ArrayList<>();
    for (Section each : section.sections("ice-servers")) {
      iceServers.add(IceServer.read(each));
    }
    int bodyLimit = section.bytes("body-limit");
    return new HttpConfig(
        section.flag("enabled"),
        section.flag("strict"),
        section.choice("location", LocationStyle.class),
        publicUrl(section),
        bodyLimit,
        sdpLimits(section.section("sdp-limits"), bodyLimit),
        section.positiveDuration("request-timeout"),
        new SessionLimits(
            section.number("max-sessions", 1),
            section.number("max-sessions-per-room", 1),
            section.number("max-connecting-per-address", 0),
            section.number("max-sessions-per-address", 0),
            section.duration("tombstone-time"),
            MAX_TOMBSTONES),
        section.duration("max-session-time"),
        CorsConfig.read(section.section("cors")),
        iceServers,
        section.flag("ice-servers-on-options"),
        RedirectConfig.read(section.section("redirect")),
        AuthConfig.read(section.section("auth")),
        RateLimitConfig.read(section.section("rate-limit")),
        section.networks("trusted-proxies"));
  }

  /** A text has no more characters than bytes. */
  private static SdpLimits sdpLimits(Section section, int length) throws InvalidConfigException {
    SdpLimits limits =
        new SdpLimits(
            length,
            section.number("line-length", 1),
            section.number("sections", 1),
            section.number("section-lines", 1),
            section.number("candidates", 1));
    section.done();
    return limits;
  }

  /** Who may call, in words for who runs the server. */
  public String access() {
    return enabled ? auth.words() : "off";
  }

  /** How SDP is read. */
  public SdpReader sdpReader() {
    return new SdpReader(strict, sdpLimits);
  }

  private static Optional<String> publicUrl(Section section) throws InvalidConfigException {
    Optional<String> text = section.text("public-url");
    if (text.isPresent() && HttpUrls.parse(text.get()).filter(HttpConfig::isRoot).isEmpty()) {
      throw section.wrong(
          "public-url", "empty, or a URL such as https://example.org or https://example.org/media");
    }
    return text.map(url -> url.replaceAll("/+$", ""));
  }

  private static boolean isRoot(URI url) {
    return url.getRawUserInfo() == null && HttpUrls.isRoot(url);
  }

  /** Leaves the tokens out. */
  @Override
  public String toString() {
    return "HttpConfig[enabled=" + enabled + ", strict=" + strict + "]";
  }
}
