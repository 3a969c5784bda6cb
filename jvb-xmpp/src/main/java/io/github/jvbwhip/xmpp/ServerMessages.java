package io.github.jvbwhip.xmpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jitsi.xmpp.extensions.jitsimeet.JsonMessageExtension;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.StanzaListener;
import org.jivesoftware.smack.filter.AndFilter;
import org.jivesoftware.smack.filter.StanzaTypeFilter;
import org.jxmpp.jid.Jid;

/** What the components of a Jitsi Meet's server tell occupants, as JSON. */
final class ServerMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ServerMessages() {}

  /**
   * Listens from now on. What occupants send each other comes from the JID of an occupant, and is
   * not heard; nor what another server's hosts say.
   *
   * @param servers tells whether that is a host of the meeting's server
   * @param hears one after another; must only enqueue
   * @return listens no more
   */
  static Runnable listen(
      AbstractXMPPConnection connection, Predicate<Jid> servers, Consumer<JsonNode> hears) {
    StanzaListener listener =
        stanza -> {
          JsonMessageExtension message = stanza.getExtension(JsonMessageExtension.class);
          if (message != null && message.getJson() != null) {
            read(message.getJson(), hears);
          }
        };
    connection.addSyncStanzaListener(
        listener,
        new AndFilter(
            StanzaTypeFilter.MESSAGE,
            stanza -> stanza.getFrom() != null && servers.test(stanza.getFrom())));
    return () -> connection.removeSyncStanzaListener(listener);
  }

  private static void read(String text, Consumer<JsonNode> hears) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return; // Nothing that is meant for us.
    }
    hears.accept(message);
  }
}
