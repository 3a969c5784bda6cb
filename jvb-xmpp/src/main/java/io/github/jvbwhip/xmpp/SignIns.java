package io.github.jvbwhip.xmpp;

import org.jivesoftware.smack.ConnectionConfiguration;

/** How connections sign in. Pure functions. */
final class SignIns {
  private SignIns() {}

  /** A token is not sent here: who brings one is anonymous besides. */
  static void configure(
      XmppServer.SignIn signIn, ConnectionConfiguration.Builder<?, ?> connection) {
    if (signIn instanceof XmppServer.SignIn.Account account) {
      connection.setUsernameAndPassword(account.user(), account.password());
    } else {
      connection.performSaslAnonymousAuthentication();
    }
  }
}
