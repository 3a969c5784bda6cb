package io.github.jvbwhip.edge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (HTML §9.2.6), as far as names and data go, within bounds. Used by one
 * thread at a time.
 */
final class EventReader implements Subscriber<List<ByteBuffer>> {
  private static final int MOST_BYTES = 64 * 1024;

  private final BiConsumer<String, String> events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private String name = "message";
  private boolean returned;
  private @Nullable Subscription subscription;

  /**
   * @param events is told names and data
   */
  EventReader(BiConsumer<String, String> events) {
    this.events = events;
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        read(buffer.get());
      }
    }
  }

  private void read(byte b) {
    if (b == '\n' && returned) {
      returned = false;
      return;
    }
    returned = b == '\r';
    if (b == '\n' || b == '\r') {
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      take(text);
    } else if (line.size() + data.length() < MOST_BYTES) {
      line.write(b);
    } else if (subscription != null) {
      subscription.cancel();
    }
  }

  private void take(String text) {
    if (text.isEmpty()) {
      String told = data.toString();
      String of = name;
      data.setLength(0);
      name = "message";
      if (!told.isEmpty()) {
        events.accept(of, told.substring(0, told.length() - 1));
      }
      return;
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    String plain = value.startsWith(" ") ? value.substring(1) : value;
    if (field.equals("event")) {
      name = plain;
    } else if (field.equals("data")) {
      data.append(plain).append('\n');
    }
  }

  @Override
  public void onError(Throwable failure) {
    data.setLength(0);
  }

  @Override
  public void onComplete() {
    data.setLength(0);
  }
}
