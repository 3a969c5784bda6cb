package io.github.jvbwhip.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Reads a body as it comes, without holding a thread. What goes beyond the limit is thrown away, up
 * to {@link #DISCARDED}: a client that is answered while it still sends may lose the answer, since
 * a connection that is closed with bytes unread is reset.
 */
final class BodyReader implements ReadListener {

  /** Hears of the one end that a body has. */
  interface Sink {
    void complete(byte[] body);

    void tooLarge();

    void failed(Throwable cause);
  }

  /** How much of a body that nobody wants is read, in bytes. */
  static final int DISCARDED = 1 << 20;

  private static final int CHUNK = 8192;

  private final ServletInputStream in;
  private final int limit;
  private final Sink sink;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
  private final byte[] chunk = new byte[CHUNK];
  private long read;
  private boolean over;

  /**
   * @param limit of what is kept, in bytes
   */
  BodyReader(ServletInputStream in, int limit, Sink sink) {
    this.in = in;
    this.limit = limit;
    this.sink = sink;
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!over && in.isReady() && !in.isFinished()) {
      int count = in.read(chunk);
      if (count <= 0) {
        continue;
      }
      read += count;
      if (read <= limit) {
        body.write(chunk, 0, count);
      } else if (read > Math.max(limit, DISCARDED)) {
        over = true;
        sink.tooLarge();
      }
    }
  }

  @Override
  public void onAllDataRead() {
    if (!over) {
      over = true;
      if (read > limit) {
        sink.tooLarge();
      } else {
        sink.complete(body.toByteArray());
      }
    }
  }

  @Override
  public void onError(Throwable cause) {
    if (!over) {
      over = true;
      sink.failed(cause);
    }
  }
}
