package io.github.jvbwhip.dropin;

import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.xmpp.MeetingNames;
import io.github.jvbwhip.xmpp.MeetingSettings;
import io.github.jvbwhip.xmpp.XmppServer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * The section about the Jitsi Meet whose rooms publishers get into.
 *
 * @param watch how players do
 */
record MeetingConfig(MeetingSettings settings, WatchConfig watch) {
  private enum Bridges {
    LOCAL_ONLY,
    ANY
  }

  private enum Mode {
    ANONYMOUS,
    ACCOUNT,
    TOKEN
  }

  /**
   * Reads it.
   *
   * @return empty when it is off
   */
  static Optional<MeetingConfig> read(Section jitsi) throws InvalidConfigException {
    boolean enabled = jitsi.flag("enabled");
    Section xmpp = jitsi.section("xmpp");
    Section auth = jitsi.section("auth");
    Optional<String> domain = jitsi.text("domain");
    if (enabled && domain.isEmpty()) {
      throw jitsi.wrong("domain", "the domain of the Jitsi Meet");
    }
    String base = domain.orElse("none.invalid");
    DomainBareJid accounts = domain(jitsi, "domain", base);
    Optional<URI> webSocket = webSocket(xmpp);
    MeetingSettings settings =
        new MeetingSettings(
            names(jitsi, base),
            domain(jitsi, "focus", "focus." + base),
            user(jitsi, "focus-user", "focus@auth." + base),
            new XmppServer(
                accounts,
                xmpp.text("host").orElse("localhost"),
                port(xmpp),
                xmpp.choice("security", XmppServer.Security.class),
                webSocket,
                signIn(auth, webSocket.isPresent())),
            jitsi.choice("nick-source", MeetingSettings.NickSource.class),
            Set.copyOf(jitsi.texts("screen-streams")),
            jitsi.text("display-name"),
            jitsi.text("avatar-url"),
            jitsi.text("region"),
            bridges(jitsi),
            jitsi.choice("bridge", Bridges.class) == Bridges.ANY,
            jitsi.duration("join-timeout"));
    WatchConfig watch = WatchConfig.read(jitsi.section("watch"), asksTokens(settings));
    xmpp.done();
    auth.done();
    jitsi.done();
    return enabled ? Optional.of(new MeetingConfig(settings, watch)) : Optional.empty();
  }

  /** Whether callers sign in with the meeting's own tokens. */
  boolean asksTokens() {
    return asksTokens(settings);
  }

  private static boolean asksTokens(MeetingSettings settings) {
    return settings.server().signIn() instanceof XmppServer.SignIn.Token;
  }

  private static MeetingNames names(Section jitsi, String base) throws InvalidConfigException {
    boolean breakouts = jitsi.flag("breakout-rooms");
    DomainBareJid breakout = domain(jitsi, "breakout-domain", "breakout." + base);
    return new MeetingNames(
        domain(jitsi, "muc-domain", "conference." + base),
        jitsi.flag("tenants"),
        breakouts ? Optional.of(breakout) : Optional.empty());
  }

  private static Map<String, String> bridges(Section jitsi) throws InvalidConfigException {
    Map<String, String> servers = new HashMap<>();
    for (Section bridge : jitsi.sections("bridges")) {
      String url = bridge.text("url").orElse("");
      if (!url.matches("https?://[^?#]+")) {
        throw bridge.wrong("url", "where that bridge takes publishers: https://.../whip");
      }
      for (String name : bridge.texts("names")) {
        servers.put(name, url);
      }
      bridge.done();
    }
    return servers;
  }

  private static int port(Section xmpp) throws InvalidConfigException {
    int port = xmpp.number("port", 1);
    if (port > 65535) {
      throw xmpp.wrong("port", "a port number");
    }
    return port;
  }

  private static Optional<URI> webSocket(Section xmpp) throws InvalidConfigException {
    Optional<String> text = xmpp.text("websocket-url");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text.get());
      if (uri.getHost() != null
          && ("ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme()))) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // Falls through: the same words.
    }
    throw xmpp.wrong("websocket-url", "a ws: or wss: URL");
  }

  private static XmppServer.SignIn signIn(Section auth, boolean webSocket)
      throws InvalidConfigException {
    Optional<String> user = auth.text("user");
    Optional<String> password = auth.text("password");
    return switch (auth.choice("mode", Mode.class)) {
      case ANONYMOUS -> new XmppServer.SignIn.Anonymous();
      case ACCOUNT -> {
        if (user.isEmpty() || password.isEmpty()) {
          throw auth.wrong("user", "a user with a password, for the mode account");
        }
        yield new XmppServer.SignIn.Account(user.get(), password.get());
      }
      case TOKEN -> {
        if (!webSocket) {
          throw auth.wrong("mode", "anonymous or account, while there is no xmpp.websocket-url");
        }
        yield new XmppServer.SignIn.Token();
      }
    };
  }

  private static DomainBareJid domain(Section jitsi, String key, String otherwise)
      throws InvalidConfigException {
    String domain = jitsi.text(key).orElse(otherwise);
    try {
      if (domain.indexOf('@') < 0 && domain.indexOf('/') < 0) {
        return JidCreate.domainBareFrom(domain);
      }
    } catch (XmppStringprepException e) {
      // Falls through: the same words.
    }
    throw jitsi.wrong(key, "a domain");
  }

  private static EntityBareJid user(Section jitsi, String key, String otherwise)
      throws InvalidConfigException {
    try {
      return JidCreate.entityBareFrom(jitsi.text(key).orElse(otherwise));
    } catch (XmppStringprepException e) {
      throw jitsi.wrong(key, "an account: user@domain");
    }
  }
}
