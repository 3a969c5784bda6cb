package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.DisplayNames;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.xmpp.extensions.jitsimeet.StatsId;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.nick.packet.Nick;

/**
 * Who is in a meeting, by the presences that tell it: neither who manages it, nor who watches it,
 * here or through another bridge, nor who records it. Thread-safe; its lock is a leaf.
 */
final class People {
  /** An audience's presence tells by this how many it is: a property, as web clients call it. */
  static final String VIEWERS = "jitsi_participant_viewers";

  private static final String RECORDER = "http://jitsi.org/protocol/jibri";
  private static final String CALLER = "http://jitsi.org/protocol/jigasi";
  private static final String TRANSCRIBER = "http://jitsi.org/protocol/transcriber";

  private final Map<String, String> present = new HashMap<>();
  private volatile Map<String, String> names = Map.of();

  /**
   * Takes notice of a presence.
   *
   * @return whether anything is different
   */
  synchronized boolean see(Presence presence) {
    String id = presence.getFrom().getResourceOrEmpty().toString();
    if (id.isEmpty() || !change(id, presence)) {
      return false;
    }
    Map<String, String> named = new HashMap<>(present);
    named.values().removeIf(String::isEmpty);
    names = Map.copyOf(named);
    return true;
  }

  private boolean change(String id, Presence presence) {
    if (presence.getType() == Presence.Type.unavailable) {
      return present.remove(id) != null;
    }
    if (presence.getType() != Presence.Type.available || !isPerson(id, presence)) {
      return false;
    }
    Nick nick = presence.getExtension(Nick.class);
    String name = nick == null || nick.getName() == null ? "" : DisplayNames.plain(nick.getName());
    return !name.equals(present.put(id, name));
  }

  /** Whether that could moderate: no publisher of the plugin's, and nobody on a telephone. */
  static boolean isSomebody(Presence presence) {
    ExtensionElement stats = presence.getExtensionElement(StatsId.ELEMENT, "jabber:client");
    return isPerson(presence.getFrom().getResourceOrEmpty().toString(), presence)
        && !features(presence).contains(CALLER)
        && (stats == null
            || !stats.toXML().toString().contains(">" + ParticipantPresence.STATS_PREFIX));
  }

  private static boolean isPerson(String id, Presence presence) {
    if (id.equals(MeetingRoom.FOCUS.toString())
        || presence.getExtensionElement(VIEWERS, "jabber:client") != null) {
      return false;
    }
    String features = features(presence);
    return !features.contains(RECORDER) && !features.contains(TRANSCRIBER);
  }

  private static String features(Presence presence) {
    ExtensionElement features = presence.getExtensionElement("features", "jabber:client");
    return features == null ? "" : features.toXML().toString();
  }

  synchronized boolean isEmpty() {
    return present.isEmpty();
  }

  /** The display names of those who have one, by their endpoints' ids; as quick as a field. */
  Map<String, String> names() {
    return names;
  }
}
