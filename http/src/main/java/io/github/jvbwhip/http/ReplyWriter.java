package io.github.jvbwhip.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes a reply as a servlet response. */
final class ReplyWriter {
  private ReplyWriter() {}

  /**
   * @param withBody false for HEAD
   */
  static void write(Reply reply, boolean withBody, HttpServletResponse response)
      throws IOException {
    writeHead(reply, response);
    byte[] body = reply.body();
    if (body.length > 0) {
      response.setContentLength(body.length);
    }
    if (withBody && body.length > 0) {
      // Bytes and no writer: a writer would add a charset to the content type, which clients
      // refuse.
      response.getOutputStream().write(body);
    }
  }

  static void writeHead(Reply reply, HttpServletResponse response) {
    response.setStatus(reply.status());
    for (Header header : reply.headers()) {
      response.addHeader(header.name(), header.value());
    }
    reply.contentType().ifPresent(response::setContentType);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }
}
