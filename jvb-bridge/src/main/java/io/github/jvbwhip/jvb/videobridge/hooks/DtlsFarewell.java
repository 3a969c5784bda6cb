package io.github.jvbwhip.jvb.videobridge.hooks;

import java.lang.reflect.InvocationTargetException;
import org.jitsi.videobridge.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a client that its session is over: DTLS close_notify, which revokes consent at once (RFC
 * 9725 §4.2, RFC 7675 §5.2). The bridge itself frees its DTLS without a word, and the client would
 * find out by its checks half a minute later.
 *
 * <p>A bridge whose {@linkplain BridgeInternals private fields} are others does without the
 * farewell. Thread-safe.
 */
public final class DtlsFarewell {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsFarewell.class);

  private DtlsFarewell() {}

  /**
   * Ends the endpoint's DTLS association; the bridge still has to free it.
   *
   * @return false when there is no association yet, and none has been ended
   */
  public static boolean say(Endpoint endpoint, BridgeInternals internals) {
    if (!internals.reachesDtls()) {
      return true;
    }
    Object association = internals.dtls(endpoint);
    if (association == null) {
      return false;
    }
    try {
      association.getClass().getMethod("close").invoke(association);
    } catch (InvocationTargetException e) {
      LOG.debug("Endpoint {}: its client was not told", endpoint.getId(), e.getCause());
    } catch (ReflectiveOperationException e) {
      LOG.debug("Endpoint {}: its DTLS cannot be closed", endpoint.getId(), e);
    }
    return true;
  }
}
