package io.github.jvbwhip.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.impl.JidCreate;

/** Publishers that speak XMPP over WebSocket (RFC 7395). */
class WebSocketConnectionTest extends MeetingFixture {
  private static MeetingSettings settings(String domain, XmppServer.SignIn signIn) {
    return Meeting.webSocket(prosody, domain, signIn, LIMIT);
  }

  @Test
  void anonymous_publishers_take_part() throws Exception {
    takesPart(settings("meet.test", new XmppServer.SignIn.Anonymous()), Optional.empty());
  }

  @Test
  void publishers_with_an_account_take_part() throws Exception {
    takesPart(
        settings("auth.meet.test", new XmppServer.SignIn.Account("publisher", Prosody.PASSWORD)),
        Optional.empty());
  }

  @Test
  void publishers_with_a_token_for_the_room_take_part() throws Exception {
    takesPart(
        settings("token.meet.test", new XmppServer.SignIn.Token()),
        Optional.of("good-for-" + room));
  }

  private void takesPart(MeetingSettings settings, Optional<String> token) throws Exception {
    try (XmppMeetings others = new XmppMeetings(settings)) {
      Invitation invitation =
          others.join(Meeting.newcomer(room, token), ends).get(30, TimeUnit.SECONDS);
      assertThat(person.awaitPublisher().getFrom().toString())
          .isEqualTo(Meeting.occupant(room, invitation).toString());
      invitation.accept(Meeting.CLIENT, List.of(Meeting.audio(invitation, 1)));
      assertThat(focus.next().getAction()).isEqualTo(JingleAction.SESSION_ACCEPT);
      invitation.leave();
      person.awaitLeft(Meeting.occupant(room, invitation));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "good-for-another, sign in",
    "'odd & <token>', sign in",
    "'', a token",
    "signs-in, is for another room"
  })
  void a_token_for_another_room_lets_nobody_in(String token, String word) {
    MeetingSettings settings = settings("token.meet.test", new XmppServer.SignIn.Token());
    try (XmppMeetings others = new XmppMeetings(settings)) {
      Newcomer newcomer =
          Meeting.newcomer(room, Optional.of(token).filter(text -> !text.isEmpty()));
      BridgeException refusal = refusal(() -> others.join(newcomer, ends));
      assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
      assertThat(refusal).hasMessageContaining(word);
      assertThat(person.others()).isEmpty();
    }
  }

  @Test
  void a_token_is_in_no_stack_trace() throws Exception {
    String token = "secret-secret";
    XmppServer nobody =
        new XmppServer(
            JidCreate.domainBareFrom("token.meet.test"),
            "127.0.0.1",
            0,
            XmppServer.Security.DISABLED,
            Optional.of(URI.create("ws://127.0.0.1:1/xmpp-websocket")),
            new XmppServer.SignIn.Token());
    MeetingSettings usual = settings("token.meet.test", new XmppServer.SignIn.Token());
    MeetingSettings unreachable =
        new MeetingSettings(
            usual.names(),
            usual.focus(),
            usual.focusUser(),
            nobody,
            usual.nickSource(),
            usual.screenStreams(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            LIMIT);
    StringWriter trace = new StringWriter();
    try (XmppMeetings others = new XmppMeetings(unreachable)) {
      refusal(() -> others.join(Meeting.newcomer(room, Optional.of(token)), ends))
          .printStackTrace(new PrintWriter(trace, true));
    }
    assertThat(trace.toString()).contains("cannot be reached").doesNotContain(token);
  }

  /** Whose publisher has gone meanwhile. */
  @Test
  void a_connection_that_opens_too_late_is_closed() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        XmppMeetings others =
            new XmppMeetings(
                Meeting.webSocket(
                    URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/"),
                    "meet.test",
                    new XmppServer.SignIn.Anonymous(),
                    LIMIT))) {
      listening.setSoTimeout(20_000);
      CompletableFuture<Invitation> joining = others.join(Meeting.newcomer(room), ends);
      try (Socket server = listening.accept()) {
        server.setSoTimeout(15_000);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        String key = "";
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          key = line.startsWith("Sec-WebSocket-Key: ") ? line.substring(19) : key;
        }
        joining.cancel(false);
        String accept =
            Base64.getEncoder()
                .encodeToString(
                    MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(UTF_8)));
        server
            .getOutputStream()
            .write(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Protocol: xmpp\r\nSec-WebSocket-Accept: %s\r\n\r\n")
                    .formatted(accept)
                    .getBytes(UTF_8));
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void a_server_that_ends_ends_it() throws Exception {
    try (Prosody own = Prosody.start();
        ScriptedFocus its = ScriptedFocus.start(own);
        XmppMeetings meetings =
            new XmppMeetings(
                Meeting.webSocket(own, "meet.test", new XmppServer.SignIn.Anonymous(), LIMIT))) {
      its.enter(Meeting.jid(room));
      meetings.join(Meeting.newcomer(room), ends).get(30, TimeUnit.SECONDS);
      own.stop();
      assertThat(ends.next()).contains("lost");
    }
  }
}
