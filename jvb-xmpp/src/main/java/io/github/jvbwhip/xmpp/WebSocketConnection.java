package io.github.jvbwhip.xmpp;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.Nonza;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.util.XmlStringBuilder;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * XMPP over WebSocket (RFC 7395), where servers take a token in the URL. It has no threads of its
 * own; what comes is read on those of the process's HTTP client.
 */
final class WebSocketConnection extends AbstractXMPPConnection implements Losable {
  private static final String PROTOCOL = "xmpp";
  private static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";
  private static final Pattern STANZA =
      Pattern.compile("\\s*<(?:%s)[\\s/>]".formatted(String.join("|", StanzaFrames.STANZAS)));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final URI uri;
  private final int limitMillis;

  /** Not this connection itself, which is locked while somebody waits for what is to be sent. */
  private final Object sending = new Object();

  private CompletableFuture<WebSocket> sent =
      CompletableFuture.failedFuture(new IOException("not connected"));
  private @Nullable WebSocket socket;

  private WebSocketConnection(Configuration configuration, URI uri, int limitMillis) {
    super(configuration);
    this.uri = uri;
    this.limitMillis = limitMillis;
    StanzaReading.prepare(this);
  }

  /**
   * Makes one that is not yet open.
   *
   * @param meeting what the token is to be good for
   * @param limitMillis how long connecting may take
   */
  static WebSocketConnection make(
      XmppServer server,
      URI endpoint,
      Optional<String> token,
      MeetingAddress meeting,
      int limitMillis) {
    Builder builder =
        new Builder()
            .setXmppDomain(server.domain())
            .setSendPresence(false)
            .setCompressionEnabled(false)
            .setSecurityMode(ConnectionConfiguration.SecurityMode.disabled); // It is the URL's.
    SignIns.configure(server.signIn(), builder);
    String query =
        "room="
            + encoded(meeting.room())
            + (meeting.tenant().isEmpty() ? "" : "&prefix=" + encoded(meeting.tenant()))
            + token.map(t -> "&token=" + encoded(t)).orElse("");
    String separator = endpoint.getRawQuery() == null ? "?" : "&";
    return new WebSocketConnection(
        new Configuration(builder), URI.create(endpoint + separator + query), limitMillis);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static final class Builder
      extends ConnectionConfiguration.Builder<Builder, Configuration> {
    @Override
    public Configuration build() {
      return new Configuration(this);
    }

    @Override
    protected Builder getThis() {
      return this;
    }
  }

  private static final class Configuration extends ConnectionConfiguration {
    Configuration(Builder builder) {
      super(builder);
    }
  }

  @Override
  public boolean isSecureConnection() {
    return "wss".equals(uri.getScheme());
  }

  @Override
  public boolean isUsingCompression() {
    return false;
  }

  @Override
  protected void connectInternal()
      throws SmackException, IOException, XMPPException, InterruptedException {
    closingStreamReceived = false;
    saslFeatureReceived = false;
    lastFeaturesReceived = false;
    WebSocket opened = open();
    synchronized (sending) {
      socket = opened;
      sent = CompletableFuture.completedFuture(opened);
    }
    connected = true;
    sendStreamOpen();
    waitForConditionOrThrowConnectionException(
        () -> saslFeatureReceived, "SASL mechanisms stream feature from server");
  }

  private WebSocket open() throws SmackException, IOException, InterruptedException {
    CompletableFuture<WebSocket> opening =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols(PROTOCOL)
            .connectTimeout(Duration.ofMillis(limitMillis))
            .buildAsync(uri, new Reader());
    try {
      return opening.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // Without its cause, whose words may have the URL in them, and that a token.
      throw new IOException("no WebSocket: " + reason(e.getCause()));
    } catch (TimeoutException e) {
      abandon(opening);
      throw SmackException.NoResponseException.newWith(this, "a WebSocket");
    } catch (InterruptedException e) {
      abandon(opening);
      throw e;
    }
  }

  /** It may yet open, or has just done so. */
  private static void abandon(CompletableFuture<WebSocket> opening) {
    var unused = opening.thenAccept(WebSocket::abort);
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "unknown" : cause.getClass().getSimpleName();
  }

  @Override
  protected void loginInternal(
      @Nullable String user, @Nullable String password, @Nullable Resourcepart resource)
      throws XMPPException, SmackException, IOException, InterruptedException {
    authenticate(user, password, config.getAuthzid(), null);
    bindResourceAndEstablishSession(resource);
    afterSuccessfulLogin(false);
  }

  @Override
  protected void sendStreamOpen() {
    send("<open xmlns='" + FRAMING + "' to='" + getXMPPServiceDomain() + "' version='1.0'/>");
  }

  @Override
  protected void sendStanzaInternal(Stanza stanza) {
    send(stanza.toXML(XmlEnvironment.EMPTY).toString());
  }

  @Override
  public void sendNonza(Nonza nonza) {
    send(nonza.toXML(XmlEnvironment.EMPTY).toString());
  }

  /** One message after another, as WebSockets want it. */
  private void send(String message) {
    CompletableFuture<WebSocket> mine;
    synchronized (sending) {
      mine = sent.thenCompose(open -> open.sendText(message, true));
      sent = mine;
    }
    var unused =
        mine.whenComplete(
            (open, failure) -> {
              if (failure != null) {
                lose(new IOException("not sent: " + reason(failure)));
              }
            });
  }

  @Override
  public void lose(Exception cause) {
    if (connected) {
      notifyConnectionError(cause);
    }
  }

  @Override
  protected void shutdown() {
    if (connected) {
      send("<close xmlns='" + FRAMING + "'/>");
    }
    end(true);
  }

  @Override
  public void instantShutdown() {
    end(false);
  }

  private void end(boolean orderly) {
    WebSocket open;
    CompletableFuture<WebSocket> last;
    synchronized (sending) {
      open = socket;
      last = sent;
      socket = null;
    }
    connected = false;
    authenticated = false;
    if (open == null) {
      return;
    }
    if (orderly) {
      var unused =
          last.thenCompose(ws -> ws.sendClose(WebSocket.NORMAL_CLOSURE, ""))
              .orTimeout(1, TimeUnit.SECONDS)
              .whenComplete((ws, failure) -> open.abort());
    } else {
      open.abort();
    }
  }

  private void read(String message) throws Exception {
    if (STANZA.matcher(message).lookingAt()) {
      StanzaReading.read(this, message, super::parseAndProcessStanza);
      return;
    }
    XmlPullParser parser = PacketParserUtils.getParserFor(message);
    switch (parser.getName()) {
      case "open" -> onStreamOpen(asStream(parser));
      case "close" -> {
        closingStreamReceived = true;
        lose(new IOException("the server has closed the stream"));
      }
      case "features" -> parseFeaturesAndNotify(parser);
      default -> parseAndProcessNonza(parser);
    }
  }

  /** What opens a stream over TCP, with the same words. */
  private static XmlPullParser asStream(XmlPullParser open) throws Exception {
    XmlStringBuilder stream = new XmlStringBuilder();
    stream.append("<stream:stream xmlns='jabber:client' version='1.0'");
    stream.append(" xmlns:stream='http://etherx.jabber.org/streams'");
    stream.optAttribute("id", open.getAttributeValue("id"));
    stream.optAttribute("from", open.getAttributeValue("from"));
    stream.append("/>");
    return PacketParserUtils.getParserFor(stream.toString());
  }

  /** Puts messages together. */
  private final class Reader implements WebSocket.Listener {
    private StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      int room = StanzaFrames.MAX_CHARACTERS - message.length();
      message.append(data, 0, Math.min(room, data.length())); // The rest would not be read.
      if (last) {
        String whole = message.toString();
        message = new StringBuilder();
        try {
          read(whole);
        } catch (Exception e) {
          lose(e);
          return null;
        } catch (Error e) {
          lose(new IOException("a fault while a message was read", e));
          return null;
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      lose(new IOException("the server has closed the connection"));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      lose(new IOException("the connection is lost: " + reason(error)));
    }
  }
}
