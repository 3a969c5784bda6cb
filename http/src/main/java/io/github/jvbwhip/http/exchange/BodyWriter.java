package io.github.jvbwhip.http.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the body of an asynchronous request's response, on the container's threads and only when
 * there is room: a client that does not read holds none of them.
 */
public final class BodyWriter implements WriteListener {
  private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final byte[] body;
  private boolean written;

  private BodyWriter(AsyncContext context, ServletOutputStream out, byte[] body) {
    this.context = context;
    this.out = out;
    this.body = body;
  }

  /** Has the container call for the body, and completes the response after it. Never blocks. */
  public static void write(AsyncContext context, byte[] body) throws IOException {
    // Bytes and no writer: a writer would add a charset to the content type, which clients refuse.
    ServletOutputStream out = context.getResponse().getOutputStream();
    out.setWriteListener(new BodyWriter(context, out, body));
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      if (written || body.length == 0) {
        context.complete();
        return;
      }
      written = true;
      out.write(body);
    }
  }

  @Override
  public void onError(Throwable cause) {
    LOG.debug("A client is gone before its response was written: {}", cause.toString());
    context.complete();
  }
}
