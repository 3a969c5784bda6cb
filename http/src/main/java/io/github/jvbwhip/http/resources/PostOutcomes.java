package io.github.jvbwhip.http.resources;

import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.runtime.PostListener;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells how POSTs were answered that were to open a session, or whose path is no endpoint's.
 *
 * @param protocol of the endpoints; null where there are none
 */
record PostOutcomes(PostListener posts, PostListener.@Nullable Protocol protocol) {
  /**
   * What a request's answer is handed to.
   *
   * @param resource empty where the path has none
   */
  Consumer<Reply> listener(String method, Optional<Resource> resource) {
    PostListener.Protocol known = protocol;
    if (known == null
        || !method.equals("POST")
        || !resource.map(Resource::opensSessions).orElse(true)) {
      return reply -> {};
    }
    long start = System.nanoTime();
    return reply -> posts.answered(known, outcome(reply), System.nanoTime() - start);
  }

  private static String outcome(Reply reply) {
    return reply
        .problem()
        .map(ProblemType::slug)
        .orElseGet(
            () ->
                switch (reply.status()) {
                  case 201 -> "created";
                  case 406 -> "counter-offer";
                  case 307 -> "redirected";
                  default -> Integer.toString(reply.status());
                });
  }
}
