package io.github.jvbwhip.http.problems;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.sdp.LeftOut;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.session.IceUpdateException;
import io.github.jvbwhip.core.session.SessionLimitException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where reasons become HTTP statuses. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** Where nobody knows better: soon, and not all at once. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** How long a client takes to connect, and leave its place to another one. */
  private static final Duration NEXT_CONNECTED = Duration.ofSeconds(1);

  private Problems() {}

  /** The problem that a failure means to a client; empty when it is a fault of the server. */
  public static Optional<ProblemException> of(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return Optional.of(problem);
    } else if (failure instanceof BridgeException bridge) {
      if (bridge.reason() == BridgeException.Reason.INTERNAL) {
        LOG.warn("The bridge failed", bridge);
      }
      return Optional.of(of(bridge));
    } else if (failure instanceof IceUpdateException update) {
      return Optional.of(of(update));
    } else if (failure instanceof SessionLimitException limit) {
      return Optional.of(of(limit));
    }
    return Optional.empty();
  }

  /** What has failed, without the wrapping of futures. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? cause(cause) : failure;
  }

  /** The problem of a bridge that said no. */
  public static ProblemException of(BridgeException e) {
    Optional<Duration> retry = e.retryAfter().or(() -> Optional.of(RETRY_AFTER));
    return switch (e.reason()) {
      case STREAM_IN_USE -> new ProblemException(ProblemType.STREAM_IN_USE, said(e));
      case ROOM_NOT_FOUND, STREAM_NOT_FOUND -> new ProblemException(ProblemType.NOT_FOUND, said(e));
      case DRAINING -> ProblemException.retryable(ProblemType.DRAINING, said(e), retry);
      case OVERLOADED -> ProblemException.retryable(ProblemType.OVERLOADED, said(e), retry);
      case TIMED_OUT -> ProblemException.retryable(ProblemType.BUSY, said(e), retry);
      case FORBIDDEN -> new ProblemException(ProblemType.FORBIDDEN, said(e));
      case LOOP -> new ProblemException(ProblemType.LOOP_DETECTED, said(e));
      case REFUSED -> new ProblemException(ProblemType.REFUSED, said(e));
      case NO_COMMON_CODEC -> new ProblemException(ProblemType.NO_COMMON_CODEC, said(e));
      case RESTART_REFUSED -> new ProblemException(ProblemType.RESTART_REFUSED, said(e));
      case LAYER_UNAVAILABLE -> new ProblemException(ProblemType.LAYER_UNAVAILABLE, said(e));
      case ENDED -> new ProblemException(ProblemType.SESSION_ENDED, said(e));
      case INTERNAL -> new ProblemException(ProblemType.INTERNAL, said(e));
    };
  }

  /**
   * The problem of a description that cannot be accepted.
   *
   * @param leftOut of it, which may be what it lacks
   */
  public static ProblemException of(NegotiationException e, LeftOut leftOut) {
    return new ProblemException(type(e), sentences(e, leftOut));
  }

  /** The problem of an ICE fragment that contradicts itself. */
  public static ProblemException ofFragment(NegotiationException e, LeftOut leftOut) {
    return new ProblemException(ProblemType.MALFORMED_FRAGMENT, sentences(e, leftOut));
  }

  private static String sentences(NegotiationException e, LeftOut leftOut) {
    return leftOut.isEmpty()
        ? e.detail()
        : e.detail() + " Left out as unreadable: " + leftOut.reasons() + ".";
  }

  private static ProblemType type(NegotiationException e) {
    return switch (e.reason()) {
      case MALFORMED, MISSING_ICE, MISSING_FINGERPRINT, MISSING_SETUP -> ProblemType.MALFORMED_SDP;
      case NO_MEDIA -> ProblemType.NO_MEDIA;
      case TWO_MEDIA_OF_ONE_KIND -> ProblemType.TWO_MEDIA_OF_ONE_KIND;
      case SEVERAL_STREAMS -> ProblemType.SEVERAL_STREAMS;
      case MISSING_STREAM -> ProblemType.MISSING_STREAM;
      case WRONG_DIRECTION -> ProblemType.WRONG_DIRECTION;
      case NO_COMMON_CODEC -> ProblemType.NO_COMMON_CODEC;
      case SECTION_REFUSED -> ProblemType.SECTION_REFUSED;
      case NOT_BUNDLED -> ProblemType.NOT_BUNDLED;
      case NO_RTCP_MUX -> ProblemType.NO_RTCP_MUX;
      case UNSUPPORTED_TRANSPORT -> ProblemType.UNSUPPORTED_TRANSPORT;
      case UNSUPPORTED_SETUP -> ProblemType.UNSUPPORTED_SETUP;
      case UNSUPPORTED_ICE -> ProblemType.UNSUPPORTED_ICE;
      case ANSWER_MISMATCH -> ProblemType.ANSWER_MISMATCH;
    };
  }

  /** The problem of an offer, or of an answer, that cannot be read. */
  public static ProblemException ofDescription(SdpException e) {
    return new ProblemException(ProblemType.MALFORMED_SDP, sentence(e));
  }

  /** The problem of an ICE fragment that cannot be read. */
  public static ProblemException ofFragment(SdpException e) {
    return new ProblemException(ProblemType.MALFORMED_FRAGMENT, sentence(e));
  }

  /** These exceptions are made with messages for clients. */
  private static String said(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static String sentence(SdpException e) {
    return (e.line() == 0 ? "" : "Line " + e.line() + ": ") + e.reason() + ".";
  }

  /** The problem of a PATCH that does not fit its session. */
  public static ProblemException of(IceUpdateException e) {
    return switch (e.reason()) {
      case PRECONDITION_REQUIRED ->
          new ProblemException(ProblemType.PRECONDITION_REQUIRED, said(e));
      case PRECONDITION_FAILED -> new ProblemException(ProblemType.PRECONDITION_FAILED, said(e));
      case NOT_ANSWERED -> new ProblemException(ProblemType.NOT_ANSWERED, said(e));
    };
  }

  /** The problem of a bound that was met. */
  public static ProblemException of(SessionLimitException e) {
    return switch (e.reason()) {
      case SERVER_FULL, ROOM_FULL, OWNER_FULL ->
          ProblemException.retryable(
              ProblemType.TOO_MANY_SESSIONS, said(e), Optional.of(RETRY_AFTER));
      case NETWORK_CONNECTING ->
          ProblemException.retryable(
              ProblemType.TOO_MANY_REQUESTS, said(e), Optional.of(NEXT_CONNECTED));
      case NETWORK_FULL ->
          ProblemException.retryable(
              ProblemType.TOO_MANY_REQUESTS, said(e), Optional.of(RETRY_AFTER));
      case CLOSED ->
          ProblemException.retryable(ProblemType.DRAINING, said(e), Optional.of(RETRY_AFTER));
    };
  }
}
