package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.sdp.LeftOut;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session descriptions that clients send. Stateless. */
public final class SdpBodies {
  private static final Logger LOG = LoggerFactory.getLogger(SdpBodies.class);

  private SdpBodies() {}

  /** Reads the body of a request; what is none is a problem of the client's. */
  public static SdpReader.Reading<SessionDescription> description(Call call, SdpReader reader)
      throws ProblemException {
    try {
      return reader.description(call.text());
    } catch (SdpException e) {
      throw Problems.ofDescription(e);
    }
  }

  /** Logs what of the client's description was not understood: once in a session. */
  public static void logLeftOut(Session<?> session, LeftOut leftOut) {
    if (!leftOut.isEmpty()) {
      LOG.info("Session {}: left out of its description: {}", session.id(), leftOut);
    }
  }
}
