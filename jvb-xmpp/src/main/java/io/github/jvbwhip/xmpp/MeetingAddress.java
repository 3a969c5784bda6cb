package io.github.jvbwhip.xmpp;

import java.util.Optional;
import org.jxmpp.jid.EntityBareJid;

/**
 * Where a meeting is. Immutable.
 *
 * @param jid of its room; the name of its conference on the bridge, too
 * @param room the main room, which who signs in names
 * @param tenant likewise; empty for none
 * @param breakout the breakout room that is meant, as long as its own JID is not known: the JID is
 *     that of the main room then
 */
record MeetingAddress(EntityBareJid jid, String room, String tenant, Optional<String> breakout) {

  /** One of its breakout rooms. */
  MeetingAddress in(EntityBareJid breakoutRoom) {
    return new MeetingAddress(breakoutRoom, room, tenant, Optional.empty());
  }

  /** The same, to be found by name. */
  MeetingAddress withBreakout(String name) {
    return new MeetingAddress(jid, room, tenant, Optional.of(name));
  }
}
