package io.github.jvbwhip.http.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Writes a reply as the response of an asynchronous request. */
public final class ReplyWriter {
  private static final byte[] NO_BODY = {};

  private ReplyWriter() {}

  /**
   * Sets the head, and has the container call for the body. The response completes by itself.
   *
   * @param head whether the request was HEAD: there is no body then
   */
  public static void write(Reply reply, boolean head, AsyncContext context) throws IOException {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    writeHead(reply, response);
    Optional<Reply.Streamer> streamer = head ? Optional.empty() : reply.streamer();
    if (streamer.isPresent()) {
      streamer.get().start(context);
      return;
    }
    if (reply.body().length > 0) {
      response.setContentLength(reply.body().length);
    }
    BodyWriter.write(context, head ? NO_BODY : reply.body());
  }

  private static void writeHead(Reply reply, HttpServletResponse response) {
    response.setStatus(reply.status());
    for (Header header : reply.headers()) {
      response.addHeader(header.name(), header.value());
    }
    reply.contentType().ifPresent(response::setContentType);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }
}
