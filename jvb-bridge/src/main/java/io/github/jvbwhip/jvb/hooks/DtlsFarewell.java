package io.github.jvbwhip.jvb.hooks;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import org.jitsi.videobridge.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a client that its session is over: DTLS close_notify, which revokes consent at once (RFC
 * 9725 §4.2, RFC 7675 §5.2). The bridge itself frees its DTLS without a word, and the client would
 * find out by its checks half a minute later.
 *
 * <p>The fields on the way are private and looked up by name; a bridge that has others does without
 * the farewell. Thread-safe.
 */
public final class DtlsFarewell {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsFarewell.class);

  private DtlsFarewell() {}

  /**
   * Ends the endpoint's DTLS association; the bridge still has to free it.
   *
   * @return false when there is no association yet, and none has been ended
   */
  public static boolean say(Endpoint endpoint) {
    try {
      Object transport = value(endpoint, "dtlsTransport");
      Object stack = transport == null ? null : value(transport, "dtlsStack");
      Object association = stack == null ? null : value(stack, "dtlsTransport");
      if (association == null) {
        return false;
      }
      association.getClass().getMethod("close").invoke(association);
    } catch (InvocationTargetException e) {
      LOG.debug("Endpoint {}: its client was not told", endpoint.getId(), e.getCause());
    } catch (ReflectiveOperationException e) {
      LOG.debug("Endpoint {}: this bridge's DTLS is out of reach", endpoint.getId(), e);
    }
    return true;
  }

  private static @Nullable Object value(Object owner, String name)
      throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }
}
