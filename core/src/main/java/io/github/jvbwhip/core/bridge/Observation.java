package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.function.Consumer;

/** One observer among others: it hears nothing more once it is closed. */
class Observation<T> implements Registration {
  private final List<? extends Observation<T>> others;
  private final Consumer<T> consumer;
  private final Runnable onClose;
  private volatile boolean open = true;

  /**
   * @param others from which it is taken when it is closed
   * @param onClose runs once then
   */
  Observation(List<? extends Observation<T>> others, Consumer<T> consumer, Runnable onClose) {
    this.others = others;
    this.consumer = consumer;
    this.onClose = onClose;
  }

  final void tell(T news) {
    if (open) {
      consumer.accept(news);
    }
  }

  @Override
  public final void close() {
    open = false;
    if (others.remove(this)) {
      onClose.run();
    }
  }
}
