package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a room, in the port's words. */
final class XmppErrors {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private XmppErrors() {}

  /** What a sign-in came to. */
  static BridgeException signIn(Exception cause) {
    if (cause instanceof SASLErrorException || isRefused(cause)) {
      return refused("The meeting server does not let this client sign in.", cause);
    }
    return unreachable(cause);
  }

  /** What a request for a conference came to. */
  static BridgeException conference(Exception cause) {
    if (cause instanceof XMPPException.XMPPErrorException error) {
      return switch (error.getStanzaError().getCondition()) {
        case not_authorized, forbidden, not_allowed ->
            refused("The meeting has not begun, and this publisher may not begin it.", cause);
        case service_unavailable, remote_server_not_found, remote_server_timeout ->
            unavailable("Nobody manages meetings at the moment. Try again.", cause);
        default -> unavailable("The meeting cannot be had: " + words(error) + ".", cause);
      };
    }
    return unreachable(cause);
  }

  /** What an attempt to join a room came to (XEP-0045 §7.2). */
  static BridgeException join(Exception cause) {
    if (cause instanceof XMPPException.XMPPErrorException error) {
      return switch (error.getStanzaError().getCondition()) {
        case registration_required ->
            refused(
                "The meeting has a lobby, and its moderator has not let this client in.", cause);
        case not_authorized -> refused("The meeting needs a password.", cause);
        case forbidden -> refused("This client is banned from the meeting.", cause);
        case not_allowed ->
            refused(
                "The meeting has not begun, and this client may not begin it; or its token, where it needs one, is for another room.",
                cause);
        case item_not_found ->
            refused("The meeting has not begun, and this client may not begin it.", cause);
        case jid_malformed -> refused("A meeting cannot have this name.", cause);
        case service_unavailable, resource_constraint ->
            unavailable("The meeting is full. Try again.", cause);
        case conflict -> unavailable("The name in the meeting is taken. Try again.", cause);
        default -> unavailable("The meeting cannot be joined: " + words(error) + ".", cause);
      };
    }
    return unreachable(cause);
  }

  /** A request that waits for its answer. */
  interface Asking {
    void ask() throws XMPPException.XMPPErrorException, SmackException, InterruptedException;
  }

  /**
   * Asks; waits for the answer.
   *
   * @return why it was refused; empty when it was not
   */
  static Optional<String> refusal(Asking asking) {
    try {
      asking.ask();
      return Optional.empty();
    } catch (XMPPException.XMPPErrorException | SmackException e) {
      return Optional.of(words(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /**
   * Asks, and waits for nothing: a line of tasks is to wait for no answer.
   *
   * @param answered hears why it was refused, empty when it was not; must only enqueue
   */
  static void ask(XMPPConnection connection, IQ request, Consumer<Optional<String>> answered) {
    connection
        .sendIqRequestAsync(request)
        .onSuccess(answer -> answered.accept(Optional.empty()))
        .onError(failure -> answered.accept(Optional.of(words(failure))));
  }

  private static String words(Exception refusal) {
    return refusal instanceof XMPPException.XMPPErrorException error
        ? String.valueOf(error.getStanzaError())
        : String.valueOf(refusal.getMessage());
  }

  private static boolean isRefused(Exception cause) {
    return cause instanceof XMPPException.XMPPErrorException error
        && error.getStanzaError().getType() == StanzaError.Type.AUTH;
  }

  private static String words(XMPPException.XMPPErrorException error) {
    return error.getStanzaError().getCondition().toString().replace('-', ' ');
  }

  static BridgeException refused(String message, @Nullable Exception cause) {
    return new BridgeException(Reason.FORBIDDEN, message, Optional.empty(), cause);
  }

  static BridgeException unavailable(String message, @Nullable Exception cause) {
    return new BridgeException(Reason.OVERLOADED, message, Optional.of(RETRY), cause);
  }

  private static BridgeException unreachable(Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (isOf(cause, SSLException.class) || isOf(cause, CertificateException.class)) {
      return unavailable("The meeting server's certificate is not trusted.", cause);
    }
    if (cause instanceof SmackException.SecurityRequiredException) {
      return unavailable("The meeting server has no TLS.", cause);
    }
    boolean slow = cause instanceof SmackException.NoResponseException;
    return unavailable(
        slow || !(cause instanceof IOException || cause instanceof SmackException)
            ? "The meeting server does not answer in time. Try again."
            : "The meeting server cannot be reached. Try again.",
        cause);
  }

  private static boolean isOf(@Nullable Throwable failure, Class<? extends Throwable> type) {
    return failure != null && (type.isInstance(failure) || isOf(failure.getCause(), type));
  }
}
