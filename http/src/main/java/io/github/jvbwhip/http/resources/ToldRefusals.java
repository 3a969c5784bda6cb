package io.github.jvbwhip.http.resources;

import io.github.jvbwhip.http.exchange.Proxies;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.limits.RefusalLog;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the log who is refused, without what may be secret. */
record ToldRefusals(RefusalLog log, Proxies proxies) {
  /**
   * What a request's answer is handed to, before it is written.
   *
   * @param resource empty where the path has none
   */
  Consumer<Reply> listener(HttpServletRequest request, Optional<Resource> resource) {
    return reply -> {
      if (RefusalLog.isOne(reply.status())) {
        boolean secret = resource.map(known -> known.access().capability()).orElse(true);
        log.refused(
            reply.status(),
            proxies.clientAddress(request),
            request.getMethod(),
            secret ? request.getServletPath() + "/..." : request.getRequestURI());
      }
    };
  }
}
