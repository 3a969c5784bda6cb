package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.util.TLSUtils;
import org.jivesoftware.smackx.caps.EntityCapsManager;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;

/** Makes connections to the XMPP server, one for each participant. Thread-safe. */
final class Connections {
  /** What a publisher can do, as Jicofo asks for it (XEP-0030). */
  private static final List<String> FEATURES =
      List.of(
          "urn:xmpp:jingle:1",
          "urn:xmpp:jingle:apps:rtp:1",
          "urn:xmpp:jingle:apps:rtp:audio",
          "urn:xmpp:jingle:apps:rtp:video",
          "urn:xmpp:jingle:transports:ice-udp:1",
          "urn:xmpp:jingle:apps:dtls:0",
          "urn:ietf:rfc:5888",
          "urn:ietf:rfc:5761",
          "urn:ietf:rfc:4588",
          "http://jitsi.org/tcc",
          "http://jitsi.org/source-name",
          "http://jitsi.org/receive-multiple-video-streams",
          "http://jitsi.org/opus-red",
          // Other participants' sources are not told: a publisher has no use for them.
          "http://jitsi.org/ssrc-rewriting-1",
          "http://jitsi.org/start-muted-room-metadata");

  private final XmppServer server;
  private final Duration replyTimeout;

  /**
   * @param replyTimeout how long the server may take to answer those who have joined
   */
  Connections(XmppServer server, Duration replyTimeout) {
    this.server = server;
    this.replyTimeout = replyTimeout;
  }

  /** The same for a publisher. */
  AbstractXMPPConnection open(Optional<String> token, MeetingAddress meeting, Deadline deadline)
      throws BridgeException {
    return open(token, meeting, deadline, FEATURES);
  }

  /**
   * Connects and signs in. Waits for the server.
   *
   * @param meeting what the token is to be good for
   * @param features what it says that it can do
   */
  AbstractXMPPConnection open(
      Optional<String> token, MeetingAddress meeting, Deadline deadline, List<String> features)
      throws BridgeException {
    deadline.at(Deadline.Step.SIGN_IN);
    int limitMillis = deadline.leftMillis();
    AbstractXMPPConnection connection = null;
    boolean open = false;
    try {
      connection = make(token, meeting, limitMillis);
      connection.setReplyTimeout(limitMillis);
      EntityCapsManager.getInstanceFor(connection)
          .disableEntityCaps(); // What is asked is answered.
      Roster.getInstanceFor(connection).setRosterLoadedAtLogin(false);
      ServiceDiscoveryManager disco = ServiceDiscoveryManager.getInstanceFor(connection);
      features.forEach(disco::addFeature);
      connection.connect();
      connection.login();
      connection.setReplyTimeout(replyTimeout.toMillis());
      open = true;
      return connection;
    } catch (XMPPException | SmackException | IOException | InterruptedException e) {
      throw XmppErrors.signIn(e);
    } finally {
      if (!open && connection != null) {
        connection.instantShutdown();
      }
    }
  }

  private AbstractXMPPConnection make(
      Optional<String> token, MeetingAddress meeting, int limitMillis)
      throws IOException, BridgeException {
    if (server.signIn() instanceof XmppServer.SignIn.Token && token.isEmpty()) {
      throw XmppErrors.refused("The meeting needs a token.", null);
    }
    if (server.webSocket().isPresent()) {
      boolean asks = server.signIn() instanceof XmppServer.SignIn.Token;
      return WebSocketConnection.make(
          server, server.webSocket().get(), asks ? token : Optional.empty(), meeting, limitMillis);
    }
    XMPPTCPConnectionConfiguration.Builder builder =
        XMPPTCPConnectionConfiguration.builder()
            .setXmppDomain(server.domain())
            .setHost(server.host())
            .setPort(server.port())
            .setSendPresence(false)
            .setCompressionEnabled(false)
            .setConnectTimeout(limitMillis)
            .setSecurityMode(
                server.security() == XmppServer.Security.DISABLED
                    ? ConnectionConfiguration.SecurityMode.disabled
                    : ConnectionConfiguration.SecurityMode.required);
    if (server.security() == XmppServer.Security.UNVERIFIED) {
      TLSUtils.acceptAllCertificates(builder);
      TLSUtils.disableHostnameVerificationForTlsCertificates(builder);
    }
    SignIns.configure(server.signIn(), builder);
    TcpConnection connection = new TcpConnection(builder.build());
    // Only the same account may resume a stream, and each anonymous one is another: a server that
    // waited for it would leave somebody in the room who has gone.
    boolean resumable = server.signIn() instanceof XmppServer.SignIn.Account;
    connection.setUseStreamManagement(resumable);
    connection.setUseStreamManagementResumption(resumable);
    connection.setPreferredResumptionTime(ConnectionLoss.PATIENCE_SECONDS);
    return connection;
  }
}
