package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.sessions.Locations;
import io.github.jvbwhip.whep.events.EventType;
import java.util.List;

/** Tells players the extensions (WHEP §4.10): one {@code Link} field for each. */
final class ExtensionLinks {
  static final String EVENTS = "urn:ietf:params:whep:ext:core:server-sent-events";
  static final String LAYER = "urn:ietf:params:whep:ext:core:layer";
  static final String EVENTS_PATH = "sse";
  static final String LAYER_PATH = "layer";

  private final Locations locations;
  private final boolean enabled;

  ExtensionLinks(Locations locations, boolean enabled) {
    this.locations = locations;
    this.enabled = enabled;
  }

  List<Header> headers(Call call, SessionSecret secret) {
    if (!enabled) {
      return List.of();
    }
    String events = locations.session(call, secret, "/" + EVENTS_PATH);
    String layer = locations.session(call, secret, "/" + LAYER_PATH);
    return List.of(
        new Header(
            "Link", "<" + events + ">; rel=\"" + EVENTS + "\"; events=\"" + EventType.LIST + "\""),
        new Header("Link", "<" + layer + ">; rel=\"" + LAYER + "\""));
  }
}
