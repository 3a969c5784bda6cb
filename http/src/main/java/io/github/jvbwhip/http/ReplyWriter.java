package io.github.jvbwhip.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Writes a reply as a servlet response. */
final class ReplyWriter {
  private ReplyWriter() {}

  /** Writes the reply of a request that is not asynchronous; a stream makes it so. */
  static void write(Reply reply, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Reply.Streamer> streamer = streamer(reply, request);
    writeHead(reply, response);
    if (streamer.isPresent()) {
      AsyncContext context = request.startAsync();
      context.setTimeout(0);
      streamer.get().start(context);
    } else {
      writeBody(reply, request, response);
    }
  }

  /** Writes the reply of an asynchronous request, and completes it unless the reply is a stream. */
  static void write(Reply reply, AsyncContext context) throws IOException {
    HttpServletRequest request = (HttpServletRequest) context.getRequest();
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    Optional<Reply.Streamer> streamer = streamer(reply, request);
    writeHead(reply, response);
    if (streamer.isPresent()) {
      streamer.get().start(context);
    } else {
      writeBody(reply, request, response);
      context.complete();
    }
  }

  private static Optional<Reply.Streamer> streamer(Reply reply, HttpServletRequest request) {
    return isHead(request) ? Optional.empty() : reply.streamer();
  }

  private static boolean isHead(HttpServletRequest request) {
    return request.getMethod().equals("HEAD");
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

  private static void writeBody(
      Reply reply, HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] body = reply.body();
    if (body.length == 0) {
      return;
    }
    response.setContentLength(body.length);
    if (!isHead(request)) {
      // Bytes and no writer: a writer would add a charset to the content type, which clients
      // refuse.
      response.getOutputStream().write(body);
    }
  }
}
