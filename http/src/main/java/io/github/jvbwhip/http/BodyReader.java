package io.github.jvbwhip.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads a body as it comes, without holding a thread, up to a limit. */
final class BodyReader implements ReadListener {

  /** Hears of the one end that a body has. */
  interface Sink {
    void complete(byte[] body);

    void tooLarge();

    void failed(Throwable cause);
  }

  private static final int CHUNK = 8192;

  private final ServletInputStream in;
  private final int limit;
  private final Sink sink;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
  private final byte[] chunk = new byte[CHUNK];
  private boolean over;

  /**
   * @param limit in bytes
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
      if (count > 0) {
        body.write(chunk, 0, count);
      }
      if (body.size() > limit) {
        over = true;
        sink.tooLarge();
      }
    }
  }

  @Override
  public void onAllDataRead() {
    if (!over) {
      over = true;
      sink.complete(body.toByteArray());
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
