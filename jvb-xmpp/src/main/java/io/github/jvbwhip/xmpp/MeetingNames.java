package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Which meeting a room is: {@code room}, {@code tenant~room}, or one of its breakout rooms, {@code
 * room~~breakout}. Immutable.
 *
 * @param muc the domain of the rooms
 * @param tenants whether rooms can be those of a tenant; else a tilde is a character like others
 * @param breakout the domain of the breakout rooms; empty where two tildes are like others
 */
public record MeetingNames(DomainBareJid muc, boolean tenants, Optional<DomainBareJid> breakout) {
  private static final String OF_TENANT = "~";
  private static final String OF_BREAKOUT = "~~";

  /** What stands in front of the host of a tenant's rooms has to be one label of it. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]{1,63}");

  /** How the server calls breakout rooms. */
  private static final Pattern BREAKOUT_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * The meeting of that room.
   *
   * @throws BridgeException when none can have that name
   */
  MeetingAddress of(RoomName room) throws BridgeException {
    String name = room.value().toLowerCase(Locale.ROOT);
    int twoTildes = breakout.isPresent() ? name.indexOf(OF_BREAKOUT) : -1;
    MeetingAddress main = main(twoTildes < 0 ? name : name.substring(0, twoTildes));
    if (twoTildes < 0) {
      return main;
    }
    String wanted = name.substring(twoTildes + OF_BREAKOUT.length());
    if (wanted.isEmpty()) {
      throw wrong("a breakout room of " + main.room() + " needs a name", null);
    }
    return BREAKOUT_ID.matcher(wanted).matches()
        ? main.in(jid(wanted, breakout.get()))
        : main.withBreakout(wanted);
  }

  /**
   * Whether it is a breakout room by its name: of those the server tells nobody but who is in the
   * main room.
   */
  public boolean hidesBreakout(RoomName room) {
    try {
      return of(room).breakout().isPresent();
    } catch (BridgeException e) {
      return false;
    }
  }

  private MeetingAddress main(String name) throws BridgeException {
    int tilde = tenants ? name.indexOf(OF_TENANT) : -1;
    String room = name.substring(tilde + 1);
    if (room.isEmpty()) {
      throw wrong("there is no room in it", null);
    }
    if (tilde >= 0) {
      return ofTenant(name.substring(0, tilde), room);
    }
    return new MeetingAddress(jid(room, muc), room, "", Optional.empty());
  }

  /** Jicofo and the bridge know it by that name, too: only inside the server there is another. */
  private MeetingAddress ofTenant(String tenant, String room) throws BridgeException {
    if (!LABEL.matcher(tenant).matches()) {
      throw wrong("a tenant has one to 63 of a-z 0-9 _ -", null);
    }
    int dot = muc.toString().indexOf('.');
    if (dot < 0) {
      throw wrong("this server has no tenants", null);
    }
    try {
      DomainBareJid domain =
          JidCreate.domainBareFrom(
              muc.toString().substring(0, dot + 1) + tenant + muc.toString().substring(dot));
      return new MeetingAddress(jid(room, domain), room, tenant, Optional.empty());
    } catch (XmppStringprepException e) {
      throw wrong("its tenant is none", e);
    }
  }

  /** The same by its name on the bridge; empty where that is none of this server's. */
  Optional<MeetingAddress> ofConference(String name) {
    try {
      EntityBareJid jid = JidCreate.entityBareFrom(name);
      return tenant(jid.getDomain().toString())
          .map(
              tenant ->
                  new MeetingAddress(jid, jid.getLocalpart().toString(), tenant, Optional.empty()));
    } catch (XmppStringprepException e) {
      return Optional.empty();
    }
  }

  /** Whose rooms that domain has; empty text for nobody's, and empty where they are others'. */
  private Optional<String> tenant(String domain) {
    String own = muc.toString();
    if (domain.equals(own) || breakout.filter(b -> b.toString().equals(domain)).isPresent()) {
      return Optional.of("");
    }
    int dot = own.indexOf('.') + 1;
    String rest = own.substring(dot - 1);
    if (!tenants
        || dot == 0
        || !domain.startsWith(own.substring(0, dot))
        || !domain.endsWith(rest)) {
      return Optional.empty();
    }
    return Optional.of(domain.substring(dot, domain.length() - rest.length()))
        .filter(tenant -> LABEL.matcher(tenant).matches());
  }

  private static EntityBareJid jid(String room, DomainBareJid domain) throws BridgeException {
    try {
      return JidCreate.entityBareFrom(room + "@" + domain);
    } catch (XmppStringprepException e) {
      throw wrong("it is not that of a room", e);
    }
  }

  private static BridgeException wrong(String why, @Nullable Exception cause) {
    return new BridgeException(
        Reason.ROOM_NOT_FOUND,
        "A meeting cannot have this name: " + why + ".",
        Optional.empty(),
        cause);
  }
}
