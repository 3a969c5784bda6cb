package io.github.jvbwhip.http.exchange;

import io.github.jvbwhip.http.limits.BodyBudget;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a body as it comes, without holding a thread, and with no more memory than what has come
 * takes. What nobody wants is thrown away, up to {@link Exchange#DISCARDED}: a client that is
 * answered while it still sends may lose the answer, since a connection that is closed with bytes
 * unread is reset.
 */
final class BodyReader implements ReadListener {
  private static final int FIRST = 4096;
  private static final byte[] NOTHING = {};

  /** What is written there is never read: all have the same. */
  private static final byte[] THROWN_AWAY = new byte[8192];

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Map<String, String> CLOSE = Map.of("Connection", "close");

  private final ServletInputStream in;
  private final int limit;
  private final BodyBudget.Share share;
  private final CompletableFuture<byte[]> whole;
  private final boolean kept;
  private volatile byte[] body = NOTHING;
  private boolean dropped;
  private long read;

  private BodyReader(
      ServletInputStream in,
      int limit,
      BodyBudget.Share share,
      CompletableFuture<byte[]> whole,
      boolean kept) {
    this.in = in;
    this.limit = limit;
    this.share = share;
    this.whole = whole;
    this.kept = kept;
  }

  /**
   * One that keeps the body.
   *
   * @param limit in bytes
   * @param share of the memory; to be released when the body is not needed any more
   * @param whole the first end that the body has decides; nothing is read after it
   */
  static BodyReader keeping(
      ServletInputStream in, int limit, BodyBudget.Share share, CompletableFuture<byte[]> whole) {
    return new BodyReader(in, limit, share, whole, true);
  }

  /** The same for one that nobody wants: what is whole is empty then. */
  static BodyReader discarding(
      ServletInputStream in, int limit, BodyBudget.Share share, CompletableFuture<byte[]> whole) {
    return new BodyReader(in, limit, share, whole, false);
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!whole.isDone() && in.isReady() && !in.isFinished()) {
      byte[] room = room();
      int at = room == THROWN_AWAY ? 0 : (int) read;
      int count = in.read(room, at, room.length - at);
      if (count <= 0) {
        continue;
      }
      read += count;
      if (kept && read > limit) {
        drop();
      }
      if (read > Math.max(limit, Exchange.DISCARDED)) {
        whole.completeExceptionally(tooLarge());
      }
    }
  }

  /** Where there is room for a byte more. */
  private byte[] room() {
    byte[] before = body;
    if (!kept || dropped) {
      return THROWN_AWAY;
    } else if (read < before.length) {
      return before;
    }
    int length = grown(before.length, limit);
    if (length == before.length) {
      return THROWN_AWAY; // That it ends is still to be read.
    } else if (!share.take(length - before.length)) {
      drop();
      return THROWN_AWAY;
    }
    byte[] larger = Arrays.copyOf(before, length);
    body = larger;
    return larger;
  }

  /** The next length, in bytes, of what has that length now. */
  static int grown(int length, int limit) {
    return (int) Math.min(limit, Math.max(FIRST, 2L * length));
  }

  private void drop() {
    dropped = true;
    body = NOTHING;
    share.release();
  }

  @Override
  public void onAllDataRead() {
    if (!kept) {
      whole.complete(NOTHING);
    } else if (read > limit) {
      whole.completeExceptionally(tooLarge());
    } else if (dropped) {
      whole.completeExceptionally(noMemory());
    } else {
      byte[] all = Arrays.copyOf(body, (int) read);
      body = NOTHING;
      whole.complete(all);
    }
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(unreadable());
  }

  private ProblemException tooLarge() {
    return new ProblemException(ProblemType.BODY_TOO_LARGE, Exchange.tooLarge(limit), CLOSE);
  }

  private static ProblemException noMemory() {
    return ProblemException.retryable(
        ProblemType.BUSY, "The server has too many bodies to read now.", Optional.of(AGAIN));
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
