package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.host.Audience;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;

/**
 * Those who watch a room where nobody is told of it: they are not in it, and know nobody there. A
 * room with a lobby or a password is closed to them all the same. Immutable.
 */
record UnseenAudience(Connections connections, Admissions admissions, MeetingAddress meeting)
    implements Audience {

  @Override
  public String endpointId() {
    return "-"; // No occupant's.
  }

  @Override
  public Map<String, String> people() {
    return Map.of();
  }

  @Override
  public CompletableFuture<Void> admit(Optional<String> token) {
    return admissions.decide(meeting, token, deadline -> ask(token, deadline));
  }

  private void ask(Optional<String> token, Deadline deadline) throws BridgeException {
    AbstractXMPPConnection connection = connections.open(token, meeting, deadline, List.of());
    try {
      deadline.at(Deadline.Step.ROOM);
      connection.setReplyTimeout(deadline.leftMillis());
      DiscoverInfo room =
          ServiceDiscoveryManager.getInstanceFor(connection).discoverInfo(meeting.jid());
      if (room.containsFeature("muc_membersonly")) {
        throw XmppErrors.refused("The meeting has a lobby.", null);
      } else if (room.containsFeature("muc_passwordprotected")) {
        throw XmppErrors.refused("The meeting needs a password.", null);
      }
    } catch (XMPPException | SmackException | InterruptedException e) {
      throw XmppErrors.join(e);
    } finally {
      connection.disconnect();
    }
  }

  @Override
  public void count(int viewers) {}

  @Override
  public void leave() {}
}
