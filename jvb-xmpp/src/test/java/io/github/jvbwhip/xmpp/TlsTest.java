package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;

/** TLS to the XMPP server (RFC 6120 §5). */
@RequiresProsody
@Timeout(60)
class TlsTest {
  private static final String HOST = "meet.test";
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String TRUSTED = "javax.net.ssl.trustStore";

  @TempDir private Path directory;

  private static AbstractXMPPConnection open(Prosody prosody, XmppServer.Security security)
      throws BridgeException {
    return new Connections(
            new XmppServer(
                JidCreate.domainBareFromOrThrowUnchecked(HOST),
                "127.0.0.1",
                prosody.port(),
                security,
                Optional.empty(),
                new XmppServer.SignIn.Anonymous()),
            LIMIT)
        .open(
            Optional.empty(),
            new MeetingAddress(Meeting.jid("room"), "room", "", Optional.empty()),
            new Deadline(LIMIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {HOST, "other.test"})
  void a_server_whose_certificate_need_not_be_verified_may_have_any(String name) throws Exception {
    try (Prosody prosody = Prosody.startWithTls(ServerCertificate.of(name, directory))) {
      AbstractXMPPConnection connection = open(prosody, XmppServer.Security.UNVERIFIED);
      assertThat(connection.isSecureConnection()).isTrue();
      connection.disconnect();
    }
  }

  @Test
  void a_certificate_that_is_trusted_is_taken_where_one_is_required() throws Exception {
    ServerCertificate certificate = ServerCertificate.of(HOST, directory);
    try (Prosody prosody = Prosody.startWithTls(certificate)) {
      AbstractXMPPConnection connection = openTrusting(certificate, prosody);
      assertThat(connection.isSecureConnection()).isTrue();
      connection.disconnect();
    }
  }

  @Test
  void one_for_another_host_is_not() {
    ServerCertificate certificate = ServerCertificate.of("other.test", directory);
    try (Prosody prosody = Prosody.startWithTls(certificate)) {
      assertThatIsRefused(
          catchThrowableOfType(
              BridgeException.class, () -> openTrusting(certificate, prosody).disconnect()));
    }
  }

  @Test
  void nor_one_that_nobody_trusts() {
    try (Prosody prosody = Prosody.startWithTls(ServerCertificate.of(HOST, directory))) {
      assertThatIsRefused(
          catchThrowableOfType(
              BridgeException.class,
              () -> open(prosody, XmppServer.Security.REQUIRED).disconnect()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUIRED", "UNVERIFIED"})
  void nothing_is_sent_to_a_server_without_tls_where_it_is_wanted(XmppServer.Security security) {
    try (Prosody prosody = Prosody.start()) {
      BridgeException failure =
          catchThrowableOfType(BridgeException.class, () -> open(prosody, security).disconnect());
      assertThat(failure.reason()).isEqualTo(Reason.OVERLOADED);
      assertThat(prosody.log()).doesNotContain("Authenticated");
    }
  }

  private AbstractXMPPConnection openTrusting(ServerCertificate certificate, Prosody prosody)
      throws BridgeException {
    System.setProperty(TRUSTED, certificate.trust(directory).toString());
    System.setProperty(TRUSTED + "Password", ServerCertificate.PASSWORD);
    try {
      return open(prosody, XmppServer.Security.REQUIRED);
    } finally {
      System.clearProperty(TRUSTED);
      System.clearProperty(TRUSTED + "Password");
    }
  }

  private static void assertThatIsRefused(BridgeException failure) {
    assertThat(failure.reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(failure).hasMessageContaining("certificate");
  }
}
