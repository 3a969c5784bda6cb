package io.github.jvbwhip.xmpp;

import java.net.URI;
import java.util.Optional;
import org.jxmpp.jid.DomainBareJid;

/**
 * The XMPP server, and how publishers sign in to it. Immutable.
 *
 * @param domain the virtual host of the accounts
 * @param webSocket where XMPP is spoken over WebSocket (RFC 7395) instead of TCP; tokens need it
 */
public record XmppServer(
    DomainBareJid domain,
    String host,
    int port,
    Security security,
    Optional<URI> webSocket,
    SignIn signIn) {

  /** How a TCP connection is secured. */
  public enum Security {
    /** TLS with a certificate that is trusted. */
    REQUIRED,
    /** TLS with any certificate: for a server on this machine. */
    UNVERIFIED,
    /** None: for a server on this machine. */
    DISABLED
  }

  /** How a publisher signs in. */
  public sealed interface SignIn {
    /** Without an account (RFC 4505). */
    record Anonymous() implements SignIn {}

    /** All with the same account. */
    record Account(String user, String password) implements SignIn {
      /** Without the password. */
      @Override
      public String toString() {
        return "Account[" + user + "]";
      }
    }

    /** Each with the token that it has brought, which the server reads from the URL. */
    record Token() implements SignIn {}
  }
}
