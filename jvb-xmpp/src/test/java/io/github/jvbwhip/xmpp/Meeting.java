package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** What tests of meetings have in common. */
final class Meeting {
  static final RemoteTransport CLIENT =
      new RemoteTransport(
          new IceCredentials("client", "clientclientclientclient"),
          List.of(),
          List.of(new Fingerprint("sha-256", "00".concat(":00".repeat(31)))),
          DtlsRole.ACTIVE);

  private Meeting() {}

  /** The rooms of that server, where a publisher waits so long. */
  static MeetingSettings settings(Prosody prosody, Duration joinTimeout) {
    return settings(prosody.port(), joinTimeout);
  }

  static MeetingSettings settings(int port, Duration joinTimeout) {
    return settings(port, "meet.test", new XmppServer.SignIn.Anonymous(), joinTimeout);
  }

  /** The same for those with an account. */
  static MeetingSettings accounts(int port, Duration joinTimeout) {
    return settings(
        port,
        "auth.meet.test",
        new XmppServer.SignIn.Account("publisher", Prosody.PASSWORD),
        joinTimeout);
  }

  /** The same where publishers may be on any bridge. */
  static MeetingSettings onAnyBridge(int port, Duration joinTimeout) {
    MeetingSettings usual = settings(port, joinTimeout);
    return new MeetingSettings(
        usual.names(),
        usual.focus(),
        usual.focusUser(),
        usual.server(),
        usual.nickSource(),
        usual.screenStreams(),
        usual.displayName(),
        usual.avatarUrl(),
        usual.region(),
        usual.bridges(),
        true,
        joinTimeout);
  }

  /** The same over WebSocket. */
  static MeetingSettings webSocket(
      Prosody prosody, String domain, XmppServer.SignIn signIn, Duration joinTimeout) {
    return webSocket(prosody.webSocket(), domain, signIn, joinTimeout);
  }

  static MeetingSettings webSocket(
      URI endpoint, String domain, XmppServer.SignIn signIn, Duration joinTimeout) {
    return settings(0, domain, Optional.of(endpoint), signIn, joinTimeout);
  }

  private static MeetingSettings settings(
      int port, String domain, XmppServer.SignIn signIn, Duration joinTimeout) {
    return settings(port, domain, Optional.empty(), signIn, joinTimeout);
  }

  private static MeetingSettings settings(
      int port,
      String domain,
      Optional<URI> webSocket,
      XmppServer.SignIn signIn,
      Duration joinTimeout) {
    return new MeetingSettings(
        new MeetingNames(
            JidCreate.domainBareFromOrThrowUnchecked("conference.meet.test"),
            true,
            Optional.of(JidCreate.domainBareFromOrThrowUnchecked("breakout.meet.test"))),
        JidCreate.domainBareFromOrThrowUnchecked("focus.meet.test"),
        JidCreate.entityBareFromOrThrowUnchecked("focus@auth.meet.test"),
        new XmppServer(
            JidCreate.domainBareFromOrThrowUnchecked(domain),
            "127.0.0.1",
            port,
            XmppServer.Security.DISABLED,
            webSocket,
            signIn),
        MeetingSettings.NickSource.ACCOUNT,
        Set.of("slides"),
        Optional.empty(),
        Optional.of("https://meet.test/avatar.png"),
        Optional.of("region1"),
        Map.of("region1", "https://one.example/whip", "192.0.2.1", "https://two.example/whip"),
        false,
        joinTimeout);
  }

  static EntityBareJid jid(String room) {
    return JidCreate.entityBareFromOrThrowUnchecked(room + "@conference.meet.test");
  }

  static EntityFullJid occupant(String room, Invitation invitation) {
    return JidCreate.entityFullFrom(
        jid(room), Resourcepart.fromOrThrowUnchecked(invitation.endpointId()));
  }

  static Newcomer newcomer(String room) {
    return newcomer(room, Optional.empty());
  }

  static Newcomer newcomer(String room, Optional<String> token) {
    return newcomer(room, "obs", Optional.empty(), token);
  }

  static Newcomer newcomer(
      String room, String stream, Optional<String> displayName, Optional<String> token) {
    return new Newcomer(
        new RoomName(room),
        new StreamName(stream),
        displayName,
        token,
        Set.of(MediaKind.AUDIO, MediaKind.VIDEO),
        false,
        Duration.ZERO);
  }

  static SourcePlan audio(Invitation invitation, long ssrc) {
    return new SourcePlan(
        MediaKind.AUDIO,
        invitation.endpointId() + "-a0",
        List.of(new SourcePlan.Encoding(ssrc, OptionalLong.empty())));
  }

  static SourcePlan video(Invitation invitation, int number, long... ssrcs) {
    return new SourcePlan(
        MediaKind.VIDEO,
        invitation.endpointId() + "-v" + number,
        java.util.Arrays.stream(ssrcs)
            .mapToObj(ssrc -> new SourcePlan.Encoding(ssrc, OptionalLong.of(ssrc + 1000)))
            .toList());
  }

  /** Keeps what becomes of a participant. */
  static final class Ends implements ParticipantListener {
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final Set<String> removedFrom = ConcurrentHashMap.newKeySet();

    @Override
    public void ended(EndReason reason, String detail) {
      ends.add(reason + ": " + detail);
    }

    @Override
    public void removed(String meeting, String detail) {
      removedFrom.add(meeting);
      ends.add("removed: " + detail);
    }

    @Override
    public boolean isWelcome(String meeting) {
      return !removedFrom.contains(meeting);
    }

    String next() throws InterruptedException {
      String end = ends.poll(30, TimeUnit.SECONDS);
      if (end == null) {
        throw new AssertionError("it was not ended");
      }
      return end;
    }

    boolean none() {
      return ends.isEmpty();
    }
  }
}
