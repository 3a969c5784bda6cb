package io.github.jvbwhip.http.exchange;

import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a body as it comes, without holding a thread. What goes beyond the limit is thrown away, up
 * to {@link Exchange#DISCARDED}: a client that is answered while it still sends may lose the
 * answer, since a connection that is closed with bytes unread is reset.
 */
final class BodyReader implements ReadListener {
  private static final int CHUNK = 8192;
  private static final Map<String, String> CLOSE = Map.of("Connection", "close");

  private final ServletInputStream in;
  private final int limit;
  private final CompletableFuture<byte[]> whole;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
  private final byte[] chunk = new byte[CHUNK];
  private long read;

  /**
   * @param limit of what is kept, in bytes
   * @param whole the first end that the body has decides; nothing is read after it
   */
  BodyReader(ServletInputStream in, int limit, CompletableFuture<byte[]> whole) {
    this.in = in;
    this.limit = limit;
    this.whole = whole;
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!whole.isDone() && in.isReady() && !in.isFinished()) {
      int count = in.read(chunk);
      if (count <= 0) {
        continue;
      }
      read += count;
      if (read <= limit) {
        body.write(chunk, 0, count);
      } else if (read > Math.max(limit, Exchange.DISCARDED)) {
        whole.completeExceptionally(tooLarge());
      }
    }
  }

  @Override
  public void onAllDataRead() {
    if (read > limit) {
      whole.completeExceptionally(tooLarge());
    } else {
      whole.complete(body.toByteArray());
    }
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(unreadable());
  }

  private ProblemException tooLarge() {
    return new ProblemException(ProblemType.BODY_TOO_LARGE, Exchange.tooLarge(limit), CLOSE);
  }

  /** It ends where it should not, or its chunks are none (RFC 9112 §7.1). */
  static ProblemException unreadable() {
    return new ProblemException(
        ProblemType.MALFORMED_REQUEST,
        "The body is incomplete, or its chunks are malformed.",
        CLOSE);
  }

  /** The body did not come in time. */
  static ProblemException tooLate() {
    return new ProblemException(
        ProblemType.REQUEST_TIMEOUT, "The body did not arrive in time; send it at once.", CLOSE);
  }
}
